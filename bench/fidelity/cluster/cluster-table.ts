import { keyedStreams } from "../../../src/numeric/random/keyed-streams.ts";
import { bootstrapInterval, resample } from "../../quality/report/bootstrap.ts";
import { markdownTable } from "../../quality/report/markdown-table.ts";
import { taskName } from "../../quality/runner/bench-task.ts";
import { normalisedRegret } from "../../quality/runner/normalised-regret.ts";
import type { FidelityTask } from "../fidelity-task.ts";
import { incumbentRegret } from "../report/incumbent-regret.ts";
import type { ClusterRecord } from "./simulate-cluster.ts";

/** Shares of what the cluster can do in the time that full runs of mean length take for the budget. */
const SHARES = [0.1, 0.25, 0.5, 1] as const;

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

/** Regret of the best value at full fidelity after so much of the time in which the workers could run the budget if none ever waited. */
export function regretByTime(task: Pick<FidelityTask, "best" | "median">, run: ClusterRecord, share: number): number {
  const time = (share * run.budget) / run.workers;
  const value = run.byTime.findLast(([at]) => at <= time)?.[1];
  return value === undefined ? 1 : Math.min(1, normalisedRegret(task, value));
}

/** A row for each method and number of workers: how busy these were, and the regret at equal cost and at equal time. */
export function clusterTable(tasks: readonly FidelityTask[], records: readonly ClusterRecord[]): string {
  const head = [
    ...["method", "workers", "busy", "until the last began", "lost"],
    ...SHARES.map((share) => `cost ${100 * share} %`),
    ...SHARES.map((share) => `time ${100 * share} %`),
    ...["runs", "s a run"],
  ];
  const groups = [...Map.groupBy(records, ({ method }) => method).values()];
  groups.sort(([a], [b]) => a!.workers - b!.workers || (a!.method < b!.method ? -1 : 1));
  const taskOf = (run: ClusterRecord) => tasks.find((task) => taskName(task) === taskName(run))!;
  const rows = groups.map((runs) => [
    runs[0]!.method,
    String(runs[0]!.workers),
    withInterval(runs, ({ utilisation }) => utilisation.whole),
    withInterval(runs, ({ utilisation }) => utilisation.untilLastBegin),
    `${((100 * total(runs, "lost")) / total(runs, "attempts")).toFixed(1)} %`,
    ...SHARES.map((share) => mean(runs.map((run) => incumbentRegret(taskOf(run), run, share))).toFixed(3)),
    ...SHARES.map((share) => mean(runs.map((run) => regretByTime(taskOf(run), run, share))).toFixed(3)),
    String(runs.length),
    mean(runs.map(({ seconds }) => seconds)).toFixed(1),
  ]);
  return markdownTable([head, ...rows]);
}

function total(runs: readonly ClusterRecord[], what: "lost" | "attempts"): number {
  return runs.reduce((sum, run) => sum + run[what], 0);
}

function withInterval(runs: readonly ClusterRecord[], of: (run: ClusterRecord) => number): string {
  const values = runs.map(of);
  const stream = keyedStreams(0, "cluster").stream(runs[0]!.method);
  const { low, high } = bootstrapInterval(stream, (draw) => mean(resample(draw, values)));
  return `${mean(values).toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
}
