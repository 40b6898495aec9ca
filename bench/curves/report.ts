/** Sums up runs of `run.ts`: `node bench/curves/report.ts FILE.jsonl [--out docs/benchmarks/curves.md]`; what stands in the page below its heading "Results" is written anew. */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { markdownTable } from "../quality/report/markdown-table.ts";
import { plainly } from "../support/plainly.ts";
import { METHODS, methodName } from "./methods.ts";
import type { ReplayRecord } from "./replay-record.ts";
import { calibrate, lostAt, type MethodScore, scoreMethod } from "./score.ts";

const HEADING = "## Results\n";
const FAMILIES = [...new Set(METHODS.map(({ family }) => family))].filter(
  (family) => family !== "curve" && family !== "patient",
);

await plainly(() => {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { out: { type: "string" } } });
  const records = readFileSync(positionals[0] ?? "", "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as ReplayRecord);
  const text = `${HEADING}\n${section(records)}\n`;
  if (values.out === undefined) {
    process.stdout.write(text);
    return;
  }
  const page = readFileSync(values.out, "utf8");
  writeFileSync(values.out, `${page.slice(0, page.indexOf(HEADING))}${text}`);
});

function section(records: readonly ReplayRecord[]): string {
  const byMethod = Map.groupBy(records, ({ method }) => method);
  const measured = METHODS.filter((method) => byMethod.has(methodName(method)));
  const scores = new Map(
    measured.map((method) => [methodName(method), scoreMethod(methodName(method), byMethod.get(methodName(method))!)]),
  );
  const tasks = [...new Set(records.map(({ task }) => task))];
  const orders = new Set(records.map(({ order }) => order)).size;
  const rows = measured.map((method) => row(method.by, scores.get(methodName(method))!, tasks));
  const head = ["", "rule", "cost", "lost of the best 5 %", ...tasks];
  return [
    `${orders} orders. Cost is the share of all epochs that was run; lost, the share of trials of the best twentieth that were stopped, or paused and never run on, with a 95 % interval by drawing the best configurations anew. By task: cost / lost.`,
    markdownTable([head, ...rows]),
    "At equal saving, what the others lose where they cost as much (between two of their settings as lies between these; - where no setting is as strict):",
    equal(scores, measured),
    calibration(byMethod),
  ].join("\n\n");
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
}

function row(
  by: string,
  { method, cost, lost, interval, tasks }: MethodScore,
  names: readonly string[],
): readonly string[] {
  const own = names.map((name) => {
    const one = tasks.get(name);
    return one === undefined ? "" : `${percent(one.cost)} / ${percent(one.lost)}`;
  });
  return [
    by === "attune" ? "" : "Optuna",
    `\`${method}\``,
    percent(cost),
    `${percent(lost)} [${percent(interval.low)}, ${percent(interval.high)}]`,
    ...own,
  ];
}

function equal(scores: ReadonlyMap<string, MethodScore>, measured: typeof METHODS): string {
  const curves = measured.filter(({ family }) => family === "curve").map((method) => scores.get(methodName(method))!);
  const families = FAMILIES.filter((family) => measured.some((method) => method.family === family));
  const settings = new Map(
    families.map((family) => [
      family,
      measured.filter((method) => method.family === family).map((method) => scores.get(methodName(method))!),
    ]),
  );
  return markdownTable([
    ["rule", "cost", "lost", ...families.map((family) => `\`${family}\``)],
    ...curves.map(({ method, cost, lost }) => [
      `\`${method}\``,
      percent(cost),
      percent(lost),
      ...families.map((family) => {
        const other = lostAt(settings.get(family)!, cost);
        return other === null ? "-" : percent(other);
      }),
    ]),
  ]);
}

function calibration(byMethod: ReadonlyMap<string, readonly ReplayRecord[]>): string {
  const rows = [...byMethod].filter(([, records]) => records.some(({ stated }) => stated !== undefined));
  if (rows.length === 0) return "";
  const tables = rows.map(([method, records]) => {
    const { count, error, low } = calibrate(records);
    const bounds = `[${percent(low.interval.low)}, ${percent(low.interval.high)}]`;
    return [`\`${method}\``, String(count), error.toFixed(3), String(low.count), `${percent(low.came)} ${bounds}`];
  });
  const { bins } = calibrate(rows[0]![1]);
  return [
    "What `curve` states: the mean distance of the chances from how often trials came to the bar (by tenths, weighed by counts), and of those stated below 5 % how many came, with a 95 % interval by drawing configurations anew:",
    markdownTable([["", "chances", "error", "below 5 %", "of these came"], ...tables]),
    `Of \`${rows[0]![0]}\`, stated / came: ${bins
      .filter(({ count }) => count > 0)
      .map(({ stated, came, count }) => `${percent(stated)} / ${percent(came)} (${count})`)
      .join(", ")}.`,
  ].join("\n\n");
}
