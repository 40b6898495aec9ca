/**
 * Sums up runs of `bench/fidelity/run.ts`:
 *
 *     node bench/fidelity/report.ts FILE... --suite yahpo-dev [--reference none+auto] [--subject asha+gp] [--methods asha+gp,dehb] [--seeds 0-9] [--by-task]
 *
 *   --reference none+auto   full runs: who is compared with, at equal cost and by the cost at which what it reaches is reached
 *   --subject asha+gp       what is wanted of it beside all others, and whether it is so
 *   --random none+random    whose regret tells which tasks random draws solve
 *   --by-task               the mean regret of each task as well
 *   --out PAGE.md           puts the section into the page, and the curves beside it
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { AttuneError } from "../../src/errors.ts";
import { curvesSvg } from "../quality/report/curves-svg.ts";
import { markdownTable } from "../quality/report/markdown-table.ts";
import { taskName } from "../quality/runner/bench-task.ts";
import { checkMethods } from "../quality/runner/check-methods.ts";
import { parseSeeds } from "../quality/runner/parse-seeds.ts";
import { RunFile } from "../quality/runner/run-file.ts";
import { listOf } from "../support/list-of.ts";
import { plainly } from "../support/plainly.ts";
import type { FidelitySuite, FidelityTask } from "./fidelity-task.ts";
import { claims, claimsTable } from "./report/claims.ts";
import { MethodRuns } from "./report/method-runs.ts";
import { hardTasks, type MethodScore, SHARES, SOLVED, scoreMethods } from "./report/score-methods.ts";
import { methodsTable } from "./report/section.ts";
import { writePage } from "./report/write-page.ts";
import type { FidelityRecord } from "./run-record.ts";
import { fidelitySuite } from "./suites.ts";

await plainly(main);

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      suite: { type: "string", default: "yahpo-dev" },
      reference: { type: "string", default: "none+auto" },
      random: { type: "string", default: "none+random" },
      subject: { type: "string" },
      methods: { type: "string" },
      seeds: { type: "string" },
      "by-task": { type: "boolean", default: false },
      out: { type: "string" },
    },
  });
  const suite = fidelitySuite(values.suite);
  const seeds = values.seeds === undefined ? null : new Set(parseSeeds(values.seeds));
  const records = readRecords(suite, positionals).filter(({ seed }) => seeds?.has(seed) ?? true);
  const wanted = values.methods === undefined ? null : listOf(values.methods);
  if (wanted !== null) checkMethods("methods", wanted, records);
  checkMethods("reference", [values.reference], records);
  if (values.subject !== undefined) checkMethods("subject", [values.subject], records);
  const all = MethodRuns.of(suite.tasks(), records);
  const random = all.find(({ method }) => method === values.random);
  const shown = all.filter(({ method }) => wanted?.includes(method) ?? true);
  const reference = all.find(({ method }) => method === values.reference);
  const { text, scores } = section(suite, {
    shown,
    random,
    reference,
    name: values.reference,
    subject: values.subject,
  });
  const byTask = values["by-task"] ? `\n\n${tasksTable(suite.tasks(), shown)}` : "";
  if (values.out !== undefined) write(values.out, suite.name, text, scores);
  process.stdout.write(`${text}${byTask}\n`);
}

function readRecords(suite: FidelitySuite, files: readonly string[]): readonly FidelityRecord[] {
  if (files.length === 0) throw new AttuneError("invalid-argument", "name at least one file of runs");
  const tasks = new Set(suite.tasks().map(taskName));
  const records = files.flatMap((file) => RunFile.read(file).records) as unknown as readonly FidelityRecord[];
  const own = records.filter((run) => tasks.has(taskName(run)));
  if (own.length === 0)
    throw new AttuneError("invalid-argument", `no run of suite ${suite.name} in ${files.join(", ")}`);
  return own;
}

interface Shown {
  readonly shown: readonly MethodRuns[];
  readonly random: MethodRuns | undefined;
  readonly reference: MethodRuns | undefined;
  readonly name: string;
  readonly subject: string | undefined;
}

function section(
  suite: FidelitySuite,
  { shown, random, reference, name, subject }: Shown,
): { readonly text: string; readonly scores: readonly MethodScore[] } {
  const tasks = suite.tasks();
  const scores = scoreMethods(tasks, shown, reference);
  const hard = random === undefined ? null : hardTasks(tasks, random);
  const parts = [`## ${suite.name}`, `Tasks: ${suite.description}.`, methodsTable(scores, name)];
  if (subject !== undefined) parts.push(`Wanted of ${subject}:`, claimsTable(claims(suite.name, scores, subject)));
  if (hard === null) parts.push("Without runs of random draws nothing says which tasks they solve.");
  else if (hard.length < tasks.length) {
    const left = hard.map((t) => tasks[t]!);
    const solved = tasks.filter((task) => !left.includes(task)).map(taskName);
    parts.push(`Random draws come to a mean regret of ${SOLVED} or less on ${solved.join(", ")}; without these:`);
    const others = shown.map((runs) => runs.at(hard));
    parts.push(
      methodsTable(
        scoreMethods(left, others, others.find(({ method }) => method === name) ?? reference?.at(hard)),
        name,
      ),
    );
  } else parts.push(`Random draws solve none of them (to a mean regret of ${SOLVED}).`);
  return { text: parts.join("\n\n"), scores };
}

function tasksTable(tasks: readonly FidelityTask[], methods: readonly MethodRuns[]): string {
  const table = methods.map((runs) => SHARES.map((share) => runs.regrets(share)));
  const rows = tasks.map((task, t) => [
    taskName(task),
    ...table.map((row) => row.map((regrets) => regrets[t]!.toFixed(2)).join(" ")),
  ]);
  return markdownTable([["task", ...methods.map(({ method }) => method)], ...rows]);
}

function write(file: string, suite: string, text: string, scores: readonly MethodScore[]): void {
  const svg = `fidelity-${suite}.svg`;
  writePage(file, suite, `${text}\n\n![Regret over the budget on ${suite}](${svg})`);
  writeFileSync(path.join(path.dirname(file), svg), curvesSvg({ suite, loss: "regret", methods: scores }));
}
