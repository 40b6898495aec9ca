/**
 * Checks on each task that one method is no worse than another by more than a margin, one-sided at 95 %, and ends with code 1 if not:
 *
 *     node bench/quality/non-inferior.ts FILE... --suite awkward --subject gp [--reference random] [--margin 0.1]
 */
import { parseArgs } from "node:util";
import { nonInferiority } from "./report/non-inferior.ts";
import { taskName } from "./runner/bench-task.ts";
import { readRecords, scoreAfter } from "./runner/run-record.ts";
import { getSuite } from "./suites.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    suite: { type: "string", default: "awkward" },
    subject: { type: "string", default: "gp" },
    reference: { type: "string", default: "random" },
    margin: { type: "string", default: "0.1" },
  },
});

const suite = getSuite(values.suite);
const records = positionals.flatMap(readRecords);
for (const task of suite.tasks()) {
  const runs = (method: string) =>
    new Map(
      records.filter((run) => run.method === method && taskName(run) === taskName(task)).map((run) => [run.seed, run]),
    );
  const [subject, reference] = [runs(values.subject), runs(values.reference)];
  const loss = (run: Parameters<typeof scoreAfter>[0]) => suite.scoring.loss.of(task, scoreAfter(run, task.budget));
  const pairs = [...subject]
    .filter(([seed]) => reference.has(seed))
    .map(([seed, run]) => [loss(run), loss(reference.get(seed)!)] as const);
  const seconds = [...subject.values()].reduce((most, run) => Math.max(most, run.seconds / run.budget), 0);
  const repeats = [...subject.values()].reduce((total, { duplicates = 0 }) => total + duplicates, 0);
  const name = taskName(task).padEnd(32);
  if (pairs.length === 0) {
    process.stdout.write(`${name} no pairs of runs\n`);
    process.exitCode = 1;
    continue;
  }
  const { holds, upper, ...means } = nonInferiority(pairs, Number(values.margin));
  if (!holds) process.exitCode = 1;
  const figures = `${means.subject.toPrecision(3)} against ${means.reference.toPrecision(3)}, ratio below ${upper.toFixed(3)}`;
  const rest = `${pairs.length} pairs, at most ${seconds.toPrecision(2)} s per suggestion, ${repeats} repeats`;
  process.stdout.write(`${name} ${holds ? "no worse" : "WORSE   "} ${figures} (${rest})\n`);
}
