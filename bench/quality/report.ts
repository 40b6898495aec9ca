/**
 * Sums up runs: node bench/quality/report.ts FILE... --suite yahpo-dev [--subject gp] [--methods gp,tpe] [--out docs/benchmarks/quality.md]
 *
 * Prints the suite's section; with --out it is put into that page, and the anytime curves beside it.
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { AttuneError } from "../../src/errors.ts";
import { plainly } from "../support/plainly.ts";
import { curvesSvg } from "./report/curves-svg.ts";
import { updatePage } from "./report/page.ts";
import { scoreSuite } from "./report/score-suite.ts";
import { suiteSection } from "./report/suite-section.ts";
import { checkMethods } from "./runner/check-methods.ts";
import { readRuns } from "./runner/read-runs.ts";
import { RunFile } from "./runner/run-file.ts";
import type { RunRecord } from "./runner/run-record.ts";
import type { Suite } from "./suite.ts";
import { getSuite } from "./suites.ts";

interface Runs {
  readonly records: readonly RunRecord[];
  /** Methods whose runs came from elsewhere. */
  readonly foreign: ReadonlySet<string>;
}

await plainly(main);

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      suite: { type: "string", default: "yahpo-dev" },
      subject: { type: "string" },
      methods: { type: "string" },
      out: { type: "string" },
    },
  });
  const suite = getSuite(values.suite);
  const methods = values.methods?.split(",") ?? null;
  const runs = allRuns(suite, positionals, methods);
  if (values.subject !== undefined) checkMethods("subject", [values.subject], runs.records);
  const subject = values.subject ?? "gp";
  const curves = `${suite.name}.svg`;
  const whole = scoreSuite(suite, suite.tasks(), runs.records, subject);
  const section = [
    suiteSection(whole, {
      foreign: runs.foreign,
      subject,
      heading: `## ${suite.name}`,
      description: `Tasks: ${suite.description}.`,
      curves: values.out === undefined ? null : curves,
    }),
    ...conditionalSection(suite, runs, subject),
  ].join("\n\n");
  if (values.out !== undefined)
    writePage(values.out, suite.name, section, {
      name: curves,
      svg: curvesSvg({ suite: suite.name, loss: suite.scoring.loss.name, methods: whole.methods }),
    });
  process.stdout.write(`${section}\n`);
}

/** A method that was run here is not mixed with runs of it from elsewhere. */
function allRuns(suite: Suite, files: readonly string[], methods: readonly string[] | null): Runs {
  const stored = suite.storedRuns === undefined ? [] : RunFile.read(suite.storedRuns).records;
  const measured = stored.length > 0 && files.length === 0 ? [] : readRuns(suite, files);
  const own = new Set(measured.map(({ method }) => method));
  const elsewhere = stored.filter(({ method }) => !own.has(method));
  const records = [...measured, ...elsewhere];
  if (methods !== null) checkMethods("methods", methods, records);
  return {
    records: methods === null ? records : records.filter(({ method }) => methods.includes(method)),
    foreign: new Set(elsewhere.map(({ method }) => method)),
  };
}

/** Of the tasks whose space has conditions, where some have and some have not. */
function conditionalSection(suite: Suite, { records, foreign }: Runs, subject: string): readonly string[] {
  const tasks = suite.tasks();
  const conditional = tasks.filter(({ conditions }) => conditions > 0);
  if (conditional.length === 0 || conditional.length === tasks.length) return [];
  const score = scoreSuite(suite, conditional, records, subject);
  const heading = `### ${suite.name}: tasks with conditions`;
  const description = `The ${conditional.length} of them whose space has conditions.`;
  return [suiteSection(score, { description, foreign, subject, heading, curves: null })];
}

function writePage(
  file: string,
  name: string,
  section: string,
  curves: { readonly name: string; readonly svg: string },
): void {
  try {
    writeFileSync(path.join(path.dirname(file), curves.name), curves.svg);
    updatePage(file, name, section);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new AttuneError("invalid-file", `--out: ${file} cannot be written: ${why}.`, { cause: error });
  }
}
