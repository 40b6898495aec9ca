/**
 * Checks on each task that one method is no worse than another by more than a margin, one-sided at 95 %, and ends with code 1 if not:
 *
 *     node bench/quality/non-inferior.ts FILE... --suite awkward --subject gp [--reference random] [--margin 0.1]
 */
import { parseArgs } from "node:util";
import { AttuneError } from "../../src/errors.ts";
import { plainly } from "../support/plainly.ts";
import { nonInferiority } from "./report/non-inferior.ts";
import { type BenchTask, taskName } from "./runner/bench-task.ts";
import { checkMethods } from "./runner/check-methods.ts";
import { readRuns } from "./runner/read-runs.ts";
import { type RunRecord, scoreAfter } from "./runner/run-record.ts";
import type { Suite } from "./suite.ts";
import { getSuite } from "./suites.ts";

interface Question {
  readonly suite: Suite;
  readonly records: readonly RunRecord[];
  readonly subject: string;
  readonly reference: string;
  readonly margin: number;
}

await plainly(main);

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      suite: { type: "string", default: "awkward" },
      subject: { type: "string", default: "gp" },
      reference: { type: "string", default: "random" },
      margin: { type: "string", default: "0.1" },
    },
  });
  const { subject, reference } = values;
  const margin = Number(values.margin);
  if (!(margin >= 0 && margin < Number.POSITIVE_INFINITY) || values.margin.trim() === "")
    throw new AttuneError("invalid-argument", `--margin is "${values.margin}"; give a number from 0 up, such as 0.1.`);
  const suite = getSuite(values.suite);
  const records = readRuns(suite, positionals);
  checkMethods("subject", [subject], records);
  checkMethods("reference", [reference], records);
  for (const task of suite.tasks()) {
    const { holds, line } = judge(task, { suite, records, subject, reference, margin });
    if (!holds) process.exitCode = 1;
    process.stdout.write(`${taskName(task).padEnd(32)} ${line}\n`);
  }
}

function judge(task: BenchTask, { suite, records, margin, ...methods }: Question): { holds: boolean; line: string } {
  const runs = (method: string) =>
    new Map(
      records.filter((run) => run.method === method && taskName(run) === taskName(task)).map((run) => [run.seed, run]),
    );
  const [subject, reference] = [runs(methods.subject), runs(methods.reference)];
  const loss = (run: RunRecord) => suite.scoring.loss.of(task, scoreAfter(run, task.budget));
  const pairs = [...subject]
    .filter(([seed]) => reference.has(seed))
    .map(([seed, run]) => [loss(run), loss(reference.get(seed)!)] as const);
  if (pairs.length === 0) return { holds: false, line: "no pairs of runs" };
  const seconds = [...subject.values()].reduce((most, run) => Math.max(most, run.seconds / run.budget), 0);
  const repeats = [...subject.values()].reduce((total, { duplicates = 0 }) => total + duplicates, 0);
  const { holds, upper, ...means } = nonInferiority(pairs, margin);
  const figures = `${means.subject.toPrecision(3)} against ${means.reference.toPrecision(3)}, ratio below ${upper.toFixed(3)}`;
  const rest = `${pairs.length} pairs, at most ${seconds.toPrecision(2)} s per suggestion, ${repeats} repeats`;
  return { holds, line: `${holds ? "no worse" : "WORSE   "} ${figures} (${rest})` };
}
