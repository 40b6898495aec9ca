import { isVisible } from "../objective/index.ts";
import type { Params } from "../space/json.ts";
import { jsonEqual } from "../space/json-equal.ts";
import type { Space } from "../space/space.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial, TrialState } from "../trial/trial.ts";
import { defaultParams } from "./default-params.ts";
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
export function summarize(trials: readonly Trial[], metrics: readonly Metric[], space: Space): StudyReport {
  const counts: Record<TrialState, number> = { waiting: 0, running: 0, paused: 0, complete: 0, pruned: 0, failed: 0 };
  let invalid = 0;
  let worthless = 0;
  for (const trial of trials) {
    if (!isVisible(trial)) {
      invalid++;
      continue;
    }
    counts[trial.state]++;
    if (trial.state === "complete" && !Number.isFinite(trial.values[metrics[0]!.name])) worthless++;
  }
  const defaults = defaultParams(space);
  const winner = findWinner(trials, metrics, defaults);
  return {
    metrics,
    winner,
    hasDefaults: defaults !== null,
    defaultTrial: winner?.default || defaults === null ? null : newestOf(trials, defaults),
    counts,
    invalid,
    worthless,
    failures: groupFailures(trials),
    time: trialTimes(trials),
  };
}

function newestOf(trials: readonly Trial[], params: Params): StudyReport["defaultTrial"] {
  const found = trials.findLast((trial) => isVisible(trial) && jsonEqual(trial.params, params));
  return found === undefined ? null : { number: found.number, state: found.state };
}
