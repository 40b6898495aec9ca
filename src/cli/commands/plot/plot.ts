import type { Command } from "commander";
import { AttuneError } from "../../../errors.ts";
import { FIGURE_NAMES, type FigureName } from "../../../plot/figure-names.ts";
import type { FigureRequest, MadeFigure } from "../../../plot/index.ts";
import { jsonText } from "../../../record/json-text.ts";
import { figureSource } from "../../../study/figure-source.ts";
import type { StudyReader } from "../../../study/study-reader.ts";
import type { CliContext } from "../../context.ts";
import { readCount } from "../../settings/given-setting.ts";
import { addStudyTarget, DeclaredOption } from "../../settings/table.ts";
import { lookAtStudy, type StudyTargetOptions } from "../../study/study-target.ts";
import { printFigures } from "./print-figures.ts";

interface PlotOptions extends StudyTargetOptions {
  readonly output?: string;
  readonly metric?: string;
  readonly parameters?: string;
  readonly points?: string;
  readonly dark?: boolean;
  readonly width?: string;
  readonly height?: string;
}

const HELP = `
Examples:
  attune plot history digits                       # in the terminal
  attune plot importance digits -o importance.svg
  attune plot slice digits -o slice.png --dark --width 1200
  attune plot history digits -o history.json       # the data
  attune plot parallel digits --json | jq '.axes[].name'`;

/** `attune plot`: a figure of a study, in the terminal or as a file. */
export function configure(command: Command, context: CliContext): void {
  const figure = `which figure: ${FIGURE_NAMES.join(", ")}`;
  addStudyTarget(command.argument("<figure>", figure))
    .option("-o, --output <file>", "write it to a file: .svg, .png, .pdf, or .json for the data")
    .option("--metric <name>", "of which objective (default: in the terminal each, in a file the only one)")
    .addOption(new DeclaredOption("--parameters <names>", "the two parameters of a figure of pairs, with a comma", {}))
    .option("--points <count>", "keep at most so many points, those that stick out (default: all)")
    .option("--dark", "light signs on a dark ground")
    .option("--width <pixels>", "of a file (default: 800)")
    .option("--height <pixels>", "of a file (default: by the figure)")
    .option("--json", "print the data as one JSON object")
    .option("--quiet", "print only the result and errors")
    .addHelpText("after", HELP)
    .action(async (name: string, word: string | undefined, options: PlotOptions) => {
      const { readFigureName } = await import("../../../plot/index.ts");
      const figure = readFigureName(name, "plot");
      await lookAtStudy(context, word, options, async (study) => {
        if (options.output !== undefined) await write(figure, study, options, options.output, context);
        else await printFigures([figure], study, requestOf(options), options.json === true, context);
      });
    });
}

function requestOf({ metric, parameters, points }: PlotOptions): FigureRequest {
  return {
    ...(metric !== undefined && { metric }),
    ...(parameters !== undefined && { parameters: parameters.split(",").map((name) => name.trim()) }),
    ...(points !== undefined && { points: count(points, "--points", 10) }),
    now: Date.now(),
  };
}

function count(value: string, label: string, least: number): number {
  return readCount({ value, label, position: null }, least);
}

/** A figure as a file of the form that its name ends in. */
async function write(
  name: FigureName,
  study: StudyReader,
  options: PlotOptions,
  file: string,
  { output }: CliContext,
): Promise<void> {
  const { FIGURES, makeFigure } = await import("../../../plot/index.ts");
  const several = FIGURES[name].of === "metric" && options.metric === undefined && study.metrics.length > 1;
  if (several) {
    const names = study.metrics.map((metric) => metric.name).join(", ");
    const message = `Study ${study.name} has a figure ${name} for each of its objectives; say which by --metric: ${names}.`;
    throw new AttuneError("invalid-argument", message);
  }
  const form = formOf(file);
  const made = makeFigure(name, figureSource(study), requestOf(options));
  const { writeResult } = await import("../../write-result.ts");
  await writeResult(file, [form === "json" ? `${jsonText(made.data)}\n` : await drawn(made, form, options)]);
  if (!options.quiet) output.err(`${made.sentence} Written to ${file}.`);
}

const FORMS = ["svg", "png", "pdf", "json"] as const;
type Form = (typeof FORMS)[number];

function formOf(file: string): Form {
  const form = FORMS.find((known) => file.toLowerCase().endsWith(`.${known}`));
  if (form !== undefined) return form;
  throw new AttuneError(
    "invalid-argument",
    `--output ${file} ends in no form that is known; there are .svg, .png, .pdf and .json.`,
  );
}

async function drawn(
  made: MadeFigure,
  form: Exclude<Form, "json">,
  options: PlotOptions,
): Promise<string | Uint8Array> {
  const [{ FIGURE_THEMES, madeFigure }, { drawFigure }, { withoutSecretsInside }] = await Promise.all([
    import("../../../plot/index.ts"),
    import("../../../drawing/draw-figure.ts"),
    import("../../../record/secrets.ts"),
  ]);
  const theme = FIGURE_THEMES[options.dark ? "dark" : "light"];
  const width = options.width === undefined ? theme.width : count(options.width, "--width", 300);
  const height = options.height === undefined ? theme.height : count(options.height, "--height", 200);
  const clean = madeFigure(made.name, withoutSecretsInside(made.data) as typeof made.data);
  return await drawFigure(clean, { ...theme, width, height }, form);
}
