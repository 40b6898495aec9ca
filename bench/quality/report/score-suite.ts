import { keyedStreams } from "../../../src/numeric/random/keyed-streams.ts";
import { type BenchTask, taskName } from "../runner/bench-task.ts";
import { type RunRecord, scoreAfter } from "../runner/run-record.ts";
import type { Suite } from "../suite.ts";
import { bootstrapInterval, type Interval, resample } from "./bootstrap.ts";
import { holm } from "./holm.ts";
import { wilcoxonSignedRank } from "./wilcoxon.ts";

/** Shares of the budget at which runs are compared. */
export const SHARES = [0.25, 0.5, 1] as const;

export interface Cell extends Interval {
  /** Mean over tasks of the mean over seeds. */
  readonly mean: number;
  readonly rank: number;
}

export interface MethodScore {
  readonly method: string;
  /** For each of SHARES. */
  readonly cells: readonly Cell[];
  /** Median over runs of what one suggestion took. */
  readonly secondsPerSuggestion: number;
  /** Least over tasks. */
  readonly seeds: number;
  /** Mean loss after each share of the budget in CURVE_SHARES. */
  readonly curve: readonly number[];
  /** Configurations proposed again, in all runs. */
  readonly duplicates: number;
}

/** The subject against another method, on the (task, seed) pairs that both ran. */
export interface PairScore {
  readonly other: string;
  readonly share: number;
  readonly pairs: number;
  readonly wins: number;
  readonly losses: number;
  /** Mean loss of the subject over that of the other, with the interval of resampled seeds. */
  readonly ratio: Interval & { readonly value: number };
  /** Wilcoxon signed-rank, corrected by Holm over all comparisons of the suite. */
  readonly p: number;
}

export interface SuiteScore {
  readonly suite: Suite;
  readonly tasks: readonly BenchTask[];
  readonly methods: readonly MethodScore[];
  readonly pairs: readonly PairScore[];
  /** Methods that lack a task. */
  readonly incomplete: readonly string[];
}

export const CURVE_SHARES = Array.from({ length: 50 }, (_, i) => (i + 1) / 50);

type Measure = (task: BenchTask, score: number) => number;

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

/** Sums up the runs of a suite's tasks; `subject` is compared with every other method. */
export function scoreSuite(
  suite: Suite,
  tasks: readonly BenchTask[],
  records: readonly RunRecord[],
  subject: string,
): SuiteScore {
  const names = new Set(tasks.map(taskName));
  const own = records.filter((run) => names.has(taskName(run)));
  const table = Map.groupBy(own, ({ method }) => method);
  const complete = [...table].filter(([, runs]) => new Set(runs.map(taskName)).size === names.size);
  const methods = complete.map(([method, runs]) => new Runs(method, tasks, runs));
  const chosen = methods.find(({ method }) => method === subject);
  return {
    suite,
    tasks,
    methods: methods.map((runs) => scoreMethod(suite, runs, methods)),
    pairs: chosen === undefined ? [] : comparePairs(suite, chosen, methods),
    incomplete: [...table.keys()].filter((method) => methods.every((runs) => runs.method !== method)),
  };
}

/** The runs of one method, by task. */
class Runs {
  readonly method: string;
  readonly all: readonly RunRecord[];
  readonly byTask: readonly (readonly [BenchTask, readonly RunRecord[]])[];

  constructor(method: string, tasks: readonly BenchTask[], runs: readonly RunRecord[]) {
    this.method = method;
    this.all = runs;
    this.byTask = tasks.map((task) => [task, runs.filter((run) => taskName(run) === taskName(task))]);
  }

  /** By task and run. */
  measure(of: Measure, share: number): readonly (readonly number[])[] {
    return this.byTask.map(([task, runs]) =>
      runs.map((run) => of(task, scoreAfter(run, Math.ceil(share * task.budget)))),
    );
  }
}

function scoreMethod(suite: Suite, runs: Runs, all: readonly Runs[]): MethodScore {
  const { loss, rankBy = loss.of } = suite.scoring;
  const cells = SHARES.map((share) => {
    const losses = runs.measure(loss.of, share);
    const stream = keyedStreams(0, "bootstrap", runs.method).stream(String(share));
    const interval = bootstrapInterval(stream, (s) => mean(losses.map((row) => mean(resample(s, row)))));
    return { mean: mean(losses.map(mean)), rank: meanRank(runs, all, rankBy, share), ...interval };
  });
  const times = runs.all.map(({ seconds, budget }) => seconds / budget).sort((a, b) => a - b);
  return {
    method: runs.method,
    cells,
    secondsPerSuggestion: times[times.length >> 1]!,
    seeds: Math.min(...runs.byTask.map(([, list]) => list.length)),
    curve: CURVE_SHARES.map((share) => mean(runs.measure(loss.of, share).map(mean))),
    duplicates: runs.all.reduce((total, { duplicates = 0 }) => total + duplicates, 0),
  };
}

/** Mean over tasks of the place among the methods by the mean over seeds; equals share their places. */
function meanRank(own: Runs, all: readonly Runs[], rankBy: Measure, share: number): number {
  const others = all.map((runs) => runs.measure(rankBy, share).map(mean));
  const places = own.measure(rankBy, share).map((row, t) => {
    const value = mean(row);
    const better = others.filter((means) => means[t]! < value).length;
    const equal = others.filter((means) => means[t]! === value).length;
    return 1 + better + (equal - 1) / 2;
  });
  return mean(places);
}

function comparePairs(suite: Suite, subject: Runs, all: readonly Runs[]): readonly PairScore[] {
  const others = all.filter((runs) => runs !== subject);
  const pairs = others.flatMap((other) => SHARES.map((share) => comparePair(suite, subject, other, share)));
  const corrected = holm(pairs.map(({ p }) => p));
  return pairs.map((pair, i) => ({ ...pair, p: corrected[i]! }));
}

function comparePair(suite: Suite, subject: Runs, other: Runs, share: number): PairScore {
  const { loss, rankBy = loss.of } = suite.scoring;
  const matched = subject.byTask.map(([task, runs], t) => {
    const bySeed = new Map(other.byTask[t]![1].map((run) => [run.seed, run]));
    const at = (run: RunRecord) => scoreAfter(run, Math.ceil(share * task.budget));
    return runs
      .filter(({ seed }) => bySeed.has(seed))
      .map((run) => ({ own: at(run), theirs: at(bySeed.get(run.seed)!), task }));
  });
  const withPairs = matched.filter((list) => list.length > 0);
  const total = (lists: typeof withPairs, side: "own" | "theirs") =>
    mean(lists.map((list) => mean(list.map((pair) => loss.of(pair.task, pair[side])))));
  const ratio = (lists: typeof withPairs) => total(lists, "own") / total(lists, "theirs");
  const stream = keyedStreams(0, "ratio", subject.method, other.method).stream(String(share));
  const differences = matched.flat().map(({ own, theirs, task }) => rankBy(task, own) - rankBy(task, theirs));
  return {
    other: other.method,
    share,
    pairs: differences.length,
    wins: differences.filter((d) => d < 0).length,
    losses: differences.filter((d) => d > 0).length,
    ratio: {
      value: ratio(withPairs),
      ...bootstrapInterval(stream, (s) => ratio(withPairs.map((list) => resample(s, list)))),
    },
    p: wilcoxonSignedRank(differences),
  };
}
