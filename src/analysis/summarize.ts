import { defaultParams } from "../space/default-params.ts";
import type { Params } from "../space/json.ts";
import type { Space } from "../space/space.ts";
import { STATE_CODES } from "../trial/history-view.ts";
import { TrialList } from "../trial/list/trial-list.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial, TrialState } from "../trial/trial.ts";
import { type FailureGroup, groupFailures } from "./failures.ts";
import { type TrialTimes, trialTimes } from "./trial-times.ts";
import { findWinner, type Winner } from "./winner.ts";

/** What a study has found so far, in numbers; sentences are made where it is shown. */
export interface StudyReport<P = Params> {
  readonly metrics: readonly Metric[];
  /** Null while no trial has a finite value. */
  readonly winner: Winner<P> | null;
  /** True when every parameter has a default, so that there is a configuration to compare with. */
  readonly hasDefaults: boolean;
  /** The newest trial of all defaults where none has a finite value (it failed, it still runs); null where there is none, or one that has. */
  readonly defaultTrial: { readonly number: number; readonly state: TrialState } | null;
  /** Visible trials by state. */
  readonly counts: Readonly<Record<TrialState, number>>;
  /** Trials marked invalid. */
  readonly invalid: number;
  /** Complete trials whose first metric is not finite or missing: they are in no comparison. */
  readonly worthless: number;
  readonly failures: readonly FailureGroup[];
  /** What the ended trials took; null while none was run. */
  readonly time: TrialTimes | null;
}

/** Sums up the trials of a study. */
export function summarize(trials: Iterable<Trial>, metrics: readonly Metric[], space: Space): StudyReport {
  const list = TrialList.of(trials);
  const defaults = defaultParams(space);
  const winner = findWinner(list, metrics, defaults);
  return {
    metrics,
    winner,
    hasDefaults: defaults !== null,
    defaultTrial: winner?.default || defaults === null ? null : newestOf(list, defaults),
    ...countTrials(list, metrics[0]!),
    failures: groupFailures(list),
    time: trialTimes(list),
  };
}

function countTrials(list: TrialList, { name }: Metric): Pick<StudyReport, "counts" | "invalid" | "worthless"> {
  const byState = new Array<number>(STATE_CODES.length).fill(0);
  const complete = STATE_CODES.indexOf("complete");
  const { states, hidden } = list;
  const values = list.values(name);
  let invalid = 0;
  let worthless = 0;
  for (let place = 0; place < list.length; place++) {
    if (hidden[place] === 1) {
      invalid++;
      continue;
    }
    byState[states[place]!]!++;
    if (states[place] === complete && !Number.isFinite(values[place])) worthless++;
  }
  const counts = Object.fromEntries(STATE_CODES.map((state, code) => [state, byState[code]!]));
  return { counts: counts as Record<TrialState, number>, invalid, worthless };
}

function newestOf(list: TrialList, params: Params): StudyReport["defaultTrial"] {
  const equal = list.numbersOf((rows) => {
    const same = rows.hasParams(params);
    return (row) => (same(row) && !rows.isHidden(row) ? 1 : 0);
  });
  const trial = list.at(equal.lastIndexOf(1));
  return trial === undefined ? null : { number: trial.number, state: trial.state };
}
