import type { Command } from "commander";
import type { PrintedDocument } from "../../../drawing/printed-document.ts";
import { AttuneError } from "../../../errors.ts";
import type { FigureName } from "../../../plot/index.ts";
import { learnStudySecrets, withoutSecretsInside } from "../../../record/secrets.ts";
import { figureSource } from "../../../study/figure-source.ts";
import type { StudyReader } from "../../../study/study-reader.ts";
import type { CliContext } from "../../context.ts";
import { addStudyTarget } from "../../settings/table.ts";
import { lookAtStudy, type StudyTargetOptions } from "../../study/study-target.ts";
import { attuneVersion } from "../../version.ts";
import type { ReportFigure } from "./report-document.ts";

interface ReportOptions extends StudyTargetOptions {
  readonly output?: string;
  readonly pdf?: boolean;
}

interface WantedReport {
  readonly file: string;
  readonly form: "html" | "pdf";
  readonly quiet: boolean;
}

const HELP = `
Example:
  attune report digits -o report.html
  attune report digits --pdf          # report.pdf, on pages of A4

One page for those who decide: the question, the answer in three sentences, tuned against default, what mattered, what it cost, what failed,
and the command to run it again. It loads nothing and runs nothing, so that it can be sent and printed. Secrets of the command are
[redacted].`;

/** Points of a figure: more cannot be told apart in it. */
const MOST_POINTS = 2_000;

/** Of a figure, in pixels: three of them stand on a page of paper. */
const HEIGHTS = { html: 360, pdf: 300 } as const;

/** How a study went: of one objective its history, of several the front first. */
const COURSE: readonly FigureName[] = ["front", "history"];

/** `attune report`: what a study came to, as one file. */
export function configure(command: Command, context: CliContext): void {
  addStudyTarget(command)
    .option("-o, --output <file>", "write it to this file: .html or .pdf (default: report.html)")
    .option("--pdf", "as a PDF for paper (default: report.pdf)")
    .option("--quiet", "print only errors")
    .addHelpText("after", HELP)
    .action(async (word: string | undefined, options: ReportOptions) => {
      const file = options.output ?? (options.pdf ? "report.pdf" : "report.html");
      const wanted = { file, form: formOf(file, options.pdf === true), quiet: options.quiet === true };
      await lookAtStudy(context, word, options, async (study) => await write(study, wanted, context));
    });
}

async function write(study: StudyReader, { file, form, quiet }: WantedReport, { output }: CliContext): Promise<void> {
  const [{ reportFacts }, { reportDocument }, { writeResult }] = await Promise.all([
    import("./report-facts.ts"),
    import("./report-document.ts"),
    import("../../write-result.ts"),
  ]);
  learnStudySecrets(study);
  const facts = withoutSecretsInside(reportFacts(study)) as ReturnType<typeof reportFacts>;
  const height = HEIGHTS[form];
  const [course, mattered] = [await figures(COURSE, study, height), await figures(["importance"], study, height)];
  const made = `${new Date().toISOString().slice(0, 16).replace("T", " ")} UTC by Attune ${attuneVersion()}`;
  const document = reportDocument(facts, { course, mattered }, made);
  await writeResult(file, [await (form === "pdf" ? paper(document) : page(document))]);
  if (!quiet) output.err(`The report of ${study.name} is written to ${file}.`);
}

/** @throws AttuneError `invalid-argument` for a file that is neither a page nor a PDF, or a page where a PDF is wanted. */
function formOf(file: string, pdf: boolean): "html" | "pdf" {
  if (/\.pdf$/i.test(file)) return "pdf";
  if (pdf)
    throw new AttuneError(
      "invalid-argument",
      `--output ${file} is no PDF; give a file that ends in .pdf, or leave --pdf out.`,
    );
  if (/\.html?$/i.test(file)) return "html";
  throw new AttuneError(
    "invalid-argument",
    `--output ${file} is neither a page nor a PDF; give a file that ends in .html or .pdf.`,
  );
}

async function page(document: PrintedDocument): Promise<string> {
  return (await import("./report-page.ts")).reportPage(document);
}

async function paper(document: PrintedDocument): Promise<Uint8Array> {
  return await (await import("../../../drawing/draw-document.ts")).drawDocument(document);
}

/** Those of these figures that have something to show, of each objective where they show one. */
async function figures(
  names: readonly FigureName[],
  study: StudyReader,
  height: number,
): Promise<readonly ReportFigure[]> {
  const [{ FIGURE_THEMES, FIGURES, madeFigure, makeFigure }, { drawFigure }] = await Promise.all([
    import("../../../plot/index.ts"),
    import("../../../drawing/draw-figure.ts"),
  ]);
  const theme = { ...FIGURE_THEMES.light, heading: false, height };
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
