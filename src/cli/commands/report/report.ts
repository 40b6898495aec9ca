import type { Command } from "commander";
import { AttuneError } from "../../../errors.ts";
import type { FigureName } from "../../../plot/index.ts";
import { learnStudySecrets, withoutSecretsInside } from "../../../record/secrets.ts";
import { figureSource } from "../../../study/figure-source.ts";
import type { StudyReader } from "../../../study/study-reader.ts";
import type { CliContext } from "../../context.ts";
import { addStudyTarget } from "../../settings/table.ts";
import { lookAtStudy, type StudyTargetOptions } from "../../study/study-target.ts";
import { attuneVersion } from "../../version.ts";
import type { ReportFigure } from "./report-page.ts";

interface ReportOptions extends StudyTargetOptions {
  readonly output: string;
}

const HELP = `
Example:
  attune report digits -o report.html

One page for those who decide: the question, the answer in three sentences, tuned against default, what mattered, what it cost, what failed,
and the command to run it again. It loads nothing and runs nothing, so that it can be sent and printed. Secrets of the command are
[redacted].`;

/** Points of a figure: more cannot be told apart in it. */
const MOST_POINTS = 2_000;

/** How a study went: of one objective its history, of several the front first. */
const COURSE: readonly FigureName[] = ["front", "history"];

/** `attune report`: what a study came to, as one file. */
export function configure(command: Command, context: CliContext): void {
  addStudyTarget(command)
    .option("-o, --output <file>", "write it to this file, which ends in .html", "report.html")
    .option("--quiet", "print only errors")
    .addHelpText("after", HELP)
    .action(async (word: string | undefined, options: ReportOptions) => {
      if (!/\.html?$/i.test(options.output))
        throw new AttuneError(
          "invalid-argument",
          `--output ${options.output} is no page; give a file that ends in .html.`,
        );
      await lookAtStudy(context, word, options, async (study) => await write(study, options, context));
    });
}

async function write(
  study: StudyReader,
  { output: file, quiet }: ReportOptions,
  { output }: CliContext,
): Promise<void> {
  const [{ reportFacts }, { reportPage }, { writeResult }] = await Promise.all([
    import("./report-facts.ts"),
    import("./report-page.ts"),
    import("../../write-result.ts"),
  ]);
  learnStudySecrets(study);
  const facts = withoutSecretsInside(reportFacts(study)) as ReturnType<typeof reportFacts>;
  const [course, mattered] = [await figures(COURSE, study), await figures(["importance"], study)];
  const made = `${new Date().toISOString().slice(0, 16).replace("T", " ")} UTC by Attune ${attuneVersion()}`;
  await writeResult(file, [reportPage(facts, { course, mattered }, made)]);
  if (!quiet) output.err(`The report of ${study.name} is written to ${file}.`);
}

/** Those of these figures that have something to show, of each objective where they show one. */
async function figures(names: readonly FigureName[], study: StudyReader): Promise<readonly ReportFigure[]> {
  const [{ FIGURE_THEMES, FIGURES, madeFigure, makeFigure }, { drawFigure }] = await Promise.all([
    import("../../../plot/index.ts"),
    import("../../../drawing/draw-figure.ts"),
  ]);
  const theme = { ...FIGURE_THEMES.light, heading: false, height: 360 };
  const found: ReportFigure[] = [];
  for (const name of names) {
    const { help, of } = FIGURES[name];
    const metrics = of === "metric" ? study.metrics.map((metric) => ({ metric: metric.name })) : [{}];
    for (const request of metrics) {
      const made = makeFigure(name, figureSource(study), { ...request, points: MOST_POINTS });
      if (made.empty !== null) continue;
      const clean = madeFigure(name, withoutSecretsInside(made.data) as typeof made.data);
      const svg = await drawFigure(clean, theme, "svg");
      found.push({ title: clean.title, sentence: clean.sentence, help, svg });
    }
  }
  return found;
}
