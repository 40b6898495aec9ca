import { keyedStreams } from "../../../src/numeric/random/keyed-streams.ts";
import { bootstrapInterval, type Interval, resample } from "../../quality/report/bootstrap.ts";
import { CURVE_SHARES } from "../../quality/report/score-suite.ts";
import { taskName } from "../../quality/runner/bench-task.ts";
import type { FidelityTask } from "../fidelity-task.ts";
import { costToReach } from "./cost-to-reach.ts";
import { incumbentRegret } from "./incumbent-regret.ts";
import type { MethodRuns } from "./method-runs.ts";

/** Shares of the budget at which runs are compared. */
export const SHARES = [0.1, 0.25, 0.5, 1] as const;
/** Regret that random draws at full fidelity reach in the mean on a task that they solve. */
export const SOLVED = 0.05;

/** Seeds from which on resampling them says how far a mean may be off. */
export const FEWEST_SEEDS = 3;

export interface Estimate extends Interval {
  readonly value: number;
}

export interface MethodScore {
  readonly method: string;
  readonly seeds: number;
  /** For each of SHARES: mean over tasks of the mean over seeds, and mean rank. */
  readonly cells: readonly (Estimate & { readonly rank: number })[];
  /** Share of the budget with which it comes to what the reference has with the whole (median over tasks); null without one. */
  readonly cost: Estimate | null;
  /** Mean regret at full budget above that of the reference, on the same tasks and seeds; null without one, and for itself. */
  readonly above: Estimate | null;
  /** Mean regret after each share in CURVE_SHARES. */
  readonly curve: readonly number[];
  /** Seconds besides evaluations, median over runs. */
  readonly secondsPerRun: number;
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

/** Scores all methods on their tasks; ranks are among them. */
export function scoreMethods(
  tasks: readonly FidelityTask[],
  methods: readonly MethodRuns[],
  reference: MethodRuns | undefined,
): readonly MethodScore[] {
  const table = SHARES.map((share) => methods.map((runs) => runs.regrets(share)));
  return methods.map((runs, m) => {
    const cells = SHARES.map((share, s) => {
      const stream = keyedStreams(0, "bootstrap", runs.method).stream(String(share));
      const interval = bootstrapInterval(stream, (draw) => mean(runs.resampled(draw).regrets(share)));
      return { value: mean(table[s]![m]!), ...interval, rank: meanRank(table[s]!, m) };
    });
    const seconds = runs.byTask.flat().map((run) => run.seconds);
    return {
      method: runs.method,
      seeds: runs.seeds,
      cells,
      cost: reference === undefined ? null : costEstimate(runs, reference),
      above: reference === undefined || reference === runs ? null : difference(tasks, runs, reference),
      curve: CURVE_SHARES.map((share) => mean(runs.regrets(share))),
      secondsPerRun: seconds.sort((a, b) => a - b)[seconds.length >> 1]!,
    };
  });
}

/** Places of the tasks that random draws do not solve. */
export function hardTasks(tasks: readonly FidelityTask[], random: MethodRuns): readonly number[] {
  const regrets = random.regrets(1);
  return tasks.flatMap((_, t) => (regrets[t]! > SOLVED ? [t] : []));
}

/** Mean over tasks of the place among the methods; equals share their places. */
function meanRank(table: readonly (readonly number[])[], own: number): number {
  return mean(
    table[own]!.map((value, t) => {
      const better = table.filter((row) => row[t]! < value).length;
      const equal = table.filter((row) => row[t]! === value).length;
      return 1 + better + (equal - 1) / 2;
    }),
  );
}

const COST_RESAMPLES = 200;

function costEstimate(runs: MethodRuns, reference: MethodRuns): Estimate {
  const stream = keyedStreams(0, "cost", runs.method).stream(reference.method);
  const values = Array.from({ length: COST_RESAMPLES }, () =>
    costToReach(runs.resampled(stream), reference.resampled(stream)),
  );
  values.sort((a, b) => a - b);
  const [low, high] = [values[Math.floor(0.025 * COST_RESAMPLES)]!, values[Math.ceil(0.975 * COST_RESAMPLES) - 1]!];
  return { value: costToReach(runs, reference), low, high };
}

function difference(tasks: readonly FidelityTask[], runs: MethodRuns, reference: MethodRuns): Estimate | null {
  const byTask = runs.paired(reference).map((pairs, t) => {
    const task = tasks.find((one) => taskName(one) === taskName(runs.byTask[t]![0]!))!;
    return pairs.map(([own, theirs]) => incumbentRegret(task, own, 1) - incumbentRegret(task, theirs, 1));
  });
  if (byTask.some((pairs) => pairs.length === 0)) return null;
  const stream = keyedStreams(0, "difference", runs.method).stream(reference.method);
  const interval = bootstrapInterval(stream, (draw) => mean(byTask.map((pairs) => mean(resample(draw, pairs)))));
  return { value: mean(byTask.map(mean)), ...interval };
}
