import { keyedStreams } from "../../src/numeric/random/keyed-streams.ts";
import { bootstrapInterval, type Interval, resample } from "../quality/report/bootstrap.ts";
import type { ReplayRecord } from "./replay-record.ts";

/** What a method costs and loses on some tasks together, each task as much as another. */
export interface MethodScore {
  readonly method: string;
  readonly cost: number;
  /** Share of the best twentieth's trials that were stopped or never promoted. */
  readonly lost: number;
  /** By drawing configurations of each task anew. */
  readonly interval: Interval;
  /** The same by task. */
  readonly tasks: ReadonlyMap<string, { readonly cost: number; readonly lost: number }>;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Scores a method's records. */
export function scoreMethod(method: string, records: readonly ReplayRecord[]): MethodScore {
  const byTask = Map.groupBy(records, ({ task }) => task);
  const shares = Array.from(byTask.values(), (runs) =>
    runs[0]!.best.map((configuration) => mean(runs.map(({ lost }) => Number(lost.includes(configuration))))),
  );
  const tasks = new Map(
    Array.from(byTask, ([task, runs], k) => [
      task,
      { cost: mean(runs.map(({ cost }) => cost)), lost: mean(shares[k]!) },
    ]),
  );
  const interval = bootstrapInterval(keyedStreams(1, 0).stream(method), (stream) =>
    mean(shares.map((one) => mean(resample(stream, one)))),
  );
  const all = [...tasks.values()];
  return { method, cost: mean(all.map(({ cost }) => cost)), lost: mean(all.map(({ lost }) => lost)), interval, tasks };
}

/** What a rule loses at a cost, between its settings as lies between them; null where it is stricter or laxer than all of these. */
export function lostAt(settings: readonly Pick<MethodScore, "cost" | "lost">[], cost: number): number | null {
  const sorted = [...settings, { cost: 1, lost: 0 }].sort((a, b) => a.cost - b.cost);
  const above = sorted.findIndex((one) => one.cost >= cost);
  if (above <= 0) return above === 0 && sorted[0]!.cost === cost ? sorted[0]!.lost : null;
  const [a, b] = [sorted[above - 1]!, sorted[above]!];
  return a.lost + ((b.lost - a.lost) * (cost - a.cost)) / (b.cost - a.cost);
}

/** How true stated chances are. */
export interface Calibration {
  readonly count: number;
  /** By tenths of the chances: mean distance of what was stated from what came, by their counts. */
  readonly error: number;
  readonly bins: readonly { readonly count: number; readonly stated: number; readonly came: number }[];
  /** Of those stated below 5 %: how many came, with the 95 % interval by drawing configurations anew. */
  readonly low: { readonly count: number; readonly came: number; readonly interval: Interval };
}

const BINS = 10;
const LOW = 0.05;

/** Reads the chances that records state. */
export function calibrate(records: readonly ReplayRecord[]): Calibration {
  const stated = records.flatMap(({ task, stated = [] }) =>
    stated.map(([chance, came, configuration]) => ({ chance, came, cluster: `${task} ${configuration}` })),
  );
  const bins = Array.from({ length: BINS }, (_none, k) => {
    const own = stated.filter(({ chance }) => Math.min(BINS - 1, Math.floor(chance * BINS)) === k);
    return {
      count: own.length,
      stated: mean(own.map(({ chance }) => chance)),
      came: mean(own.map(({ came }) => came)),
    };
  });
  const error = bins.reduce(
    (sum, { count, stated: p, came }) => sum + (count === 0 ? 0 : count * Math.abs(p - came)),
    0,
  );
  const low = stated.filter(({ chance }) => chance < LOW);
  const clusters = [...Map.groupBy(low, ({ cluster }) => cluster).values()].map((own) => ({
    count: own.length,
    came: own.reduce((sum, { came }) => sum + came, 0),
  }));
  const share = (some: typeof clusters) =>
    some.reduce((sum, { came }) => sum + came, 0) / some.reduce((sum, { count }) => sum + count, 0);
  const interval = bootstrapInterval(keyedStreams(2, 0).stream("low"), (stream) => share(resample(stream, clusters)));
  return {
    count: stated.length,
    error: error / stated.length,
    bins,
    low: { count: low.length, came: share(clusters), interval },
  };
}
