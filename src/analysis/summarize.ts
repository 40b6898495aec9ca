import { type Limit, trialStandings } from "../objective/index.ts";
import { defaultParams } from "../space/default-params.ts";
import type { Params } from "../space/json.ts";
import type { Space } from "../space/space.ts";
import { STATE_CODES } from "../trial/history-view.ts";
import { finiteValues } from "../trial/list/finite-values.ts";
import { TrialList } from "../trial/list/trial-list.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial, TrialState } from "../trial/trial.ts";
import { type FailureGroup, groupFailures } from "./failures.ts";
import { findBest } from "./find-best.ts";
import type { FrontPoint } from "./front-point.ts";
import { type CostSource, type StudyCosts, studyCosts } from "./study-costs.ts";
import { type TrialTimes, trialTimes } from "./trial-times.ts";
import type { Winner } from "./winner.ts";

/** What a study has found so far, in numbers; sentences are made where it is shown. */
export interface StudyReport<P = Params, M extends string = string> {
  readonly metrics: readonly Metric[];
  /** The limits in force, in canonical text. */
  readonly limits: readonly string[];
  /** Of one objective; null while no trial has a finite value, and with several objectives. */
  readonly winner: Winner<P> | null;
  /** Configurations that keep the limits and that no other one of these dominates; of one objective the best alone. */
  readonly front: readonly FrontPoint<P, M>[];
  /** The point of the front at which it bends most: past it more of one objective costs most of another. Null while there is none. */
  readonly knee: FrontPoint<P, M> | null;
  /** While no configuration keeps the limits, the one that breaks them least; else null. */
  readonly nearest: FrontPoint<P, M> | null;
  /** True when every parameter has a default, so that there is a configuration to compare with. */
  readonly hasDefaults: boolean;
  /**
   * The newest trial of all defaults where the winner is compared with none (it failed, it still runs, it is `broken`: breaks these
   * limits); null where there is no such trial, or no need.
   */
  readonly defaultTrial: {
    readonly number: number;
    readonly state: TrialState;
    readonly broken?: readonly string[];
  } | null;
  /** Visible trials by state. */
  readonly counts: Readonly<Record<TrialState, number>>;
  /** Trials marked invalid. */
  readonly invalid: number;
  /** Complete trials without a finite value of each objective: they are in no comparison. */
  readonly worthless: number;
  readonly failures: readonly FailureGroup[];
  /** What the ended trials took; null while none was run. */
  readonly time: TrialTimes | null;
  /** What the trials have cost; null where that was not given. */
  readonly costs: StudyCosts | null;
}

/** Sums up the trials of a study. */
export function summarize(
  trials: Iterable<Trial>,
  metrics: readonly Metric[],
  space: Space,
  limits: readonly Limit[] = [],
  costs: CostSource | null = null,
): StudyReport {
  const list = TrialList.of(trials);
  const defaults = defaultParams(space);
  const found = findBest(list, metrics, defaults, limits);
  return {
    metrics,
    limits: limits.map(({ text }) => text),
    ...found,
    hasDefaults: defaults !== null,
    defaultTrial: found.winner?.default || defaults === null ? null : newestOf(list, defaults, limits),
    ...countTrials(list, metrics),
    failures: groupFailures(list),
    time: trialTimes(list),
    costs: costs === null ? null : studyCosts(costs, metrics, found.winner?.number ?? null),
  };
}

function countTrials(
  list: TrialList,
  metrics: readonly Metric[],
): Pick<StudyReport, "counts" | "invalid" | "worthless"> {
  const byState = new Array<number>(STATE_CODES.length).fill(0);
  const complete = STATE_CODES.indexOf("complete");
  const { states, hidden } = list;
  const hasValues = finiteValues(list, metrics);
  let invalid = 0;
  let worthless = 0;
  for (let place = 0; place < list.length; place++) {
    if (hidden[place] === 1) {
      invalid++;
      continue;
    }
    byState[states[place]!]!++;
    if (states[place] === complete && !hasValues(place)) worthless++;
  }
  const counts = Object.fromEntries(STATE_CODES.map((state, code) => [state, byState[code]!]));
  return { counts: counts as Record<TrialState, number>, invalid, worthless };
}

function newestOf(list: TrialList, params: Params, limits: readonly Limit[]): StudyReport["defaultTrial"] {
  const equal = list.numbersOf((rows) => {
    const same = rows.hasParams(params);
    return (row) => (same(row) && !rows.isHidden(row) ? 1 : 0);
  });
  const trial = list.at(equal.lastIndexOf(1));
  if (trial === undefined) return null;
  const { number, state } = trial;
  const broken = state === "complete" ? trialStandings([trial], limits)(trial).broken : [];
  return { number, state, ...(broken.length > 0 && { broken }) };
}
