/**
 * Sums up runs: node bench/quality/report.ts FILE... --suite yahpo-dev [--subject gp] [--methods gp,tpe] [--out docs/benchmarks/quality.md]
 *
 * Prints the suite's section; with --out it is put into that page, and the anytime curves beside it.
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { curvesSvg } from "./report/curves-svg.ts";
import { updatePage } from "./report/page.ts";
import { scoreSuite } from "./report/score-suite.ts";
import { suiteSection } from "./report/suite-section.ts";
import { type RunRecord, readRecords } from "./runner/run-record.ts";
import { getSuite } from "./suites.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    suite: { type: "string", default: "yahpo-dev" },
    subject: { type: "string", default: "gp" },
    methods: { type: "string" },
    out: { type: "string" },
  },
});

const suite = getSuite(values.suite);
const tasks = suite.tasks();
const measured = positionals.flatMap(readRecords);
const methodsMeasured = new Set(measured.map(({ method }) => method));
const stored = suite.storedRuns === undefined ? [] : readRecords(suite.storedRuns);
// A method that was run here is not mixed with runs of it from elsewhere.
const foreignRuns = stored.filter(({ method }) => !methodsMeasured.has(method));
const foreign = new Set(foreignRuns.map(({ method }) => method));
const records = [...measured, ...foreignRuns].filter(chosen);
const curves = `${suite.name}.svg`;

const whole = scoreSuite(suite, tasks, records, values.subject);
const sections = [
  suiteSection(whole, {
    foreign,
    subject: values.subject,
    heading: `## ${suite.name}`,
    description: `Tasks: ${suite.description}.`,
    curves: values.out === undefined ? null : curves,
  }),
];
const conditional = tasks.filter(({ conditions }) => conditions > 0);
if (conditional.length > 0 && conditional.length < tasks.length) {
  const score = scoreSuite(suite, conditional, records, values.subject);
  const heading = `### ${suite.name}: tasks with conditions`;
  const description = `The ${conditional.length} of them whose space has conditions.`;
  sections.push(suiteSection(score, { description, foreign, subject: values.subject, heading, curves: null }));
}
const section = sections.join("\n\n");
process.stdout.write(`${section}\n`);
if (values.out !== undefined) {
  writeFileSync(path.join(path.dirname(values.out), curves), curvesSvg(whole));
  updatePage(values.out, suite.name, section);
}

function chosen({ method }: RunRecord): boolean {
  return values.methods === undefined || values.methods.split(",").includes(method);
}
