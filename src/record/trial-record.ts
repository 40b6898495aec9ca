import { stepsRun } from "../analysis/field/steps-run.ts";
import { AttuneError } from "../errors.ts";
import { isVisible } from "../objective/index.ts";
import type { Params } from "../space/json.ts";
import type { Space } from "../space/space.ts";
import type { Outcome, Trial, TrialDecision, TrialOrigin, TrialState, Values } from "../trial/trial.ts";
import { trialSeconds } from "../trial/trial-seconds.ts";

/** What `trials --json` prints for each trial, one object a line. */
export interface TrialRecord {
  readonly number: number;
  readonly state: TrialState;
  readonly params: Params;
  /** What the program is given besides: derived values, and the fidelity of the newest run; left out when the space has neither. */
  readonly derived?: Params;
  /** Non-finite values as "NaN", "Infinity", "-Infinity". */
  readonly values: Values;
  readonly outcome: Outcome | null;
  readonly message: string | null;
  readonly invalid: boolean;
  readonly origin: TrialOrigin;
  readonly attempts: number;
  /** Steps that its attempts ran together; null where that is not known. */
  readonly ran: number | null;
  /** What the scheduler decided about it and why, oldest first; left out where there is nothing. */
  readonly decisions?: readonly TrialDecision[];
  /** Seconds its attempts ran; null before the first has ended. */
  readonly duration: number | null;
  /** ISO 8601, or null. */
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

/** A trial as `trials --json` shows it. */
export function trialRecord(trial: Trial, derived: Params | null = null): TrialRecord {
  const { number, state, params, values, outcome, message, origin, decisions } = trial;
  return {
    number,
    state,
    params,
    ...(derived === null ? {} : { derived }),
    values,
    outcome,
    message,
    invalid: !isVisible(trial),
    origin,
    attempts: trial.segments.reduce((sum, { attempts }) => sum + attempts.length, 0),
    ran: stepsRun(trial),
    ...(decisions !== undefined && { decisions }),
    duration: trialSeconds(trial),
    startedAt: isoTime(trial.startedAt),
    finishedAt: isoTime(trial.finishedAt),
  };
}

function isoTime(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString();
}

interface DerivedSource {
  readonly space: Space;
  programParams(trial: Trial): Params;
}

/** The derived values of a trial, and the fidelity of its newest run; null when the study's space has neither. */
export function derivedOf(study: DerivedSource, trial: Trial): Params | null {
  const { derived = [], fidelity } = study.space;
  const names = new Set([...(fidelity === undefined ? [] : [fidelity]), ...derived].map(({ name }) => name));
  if (names.size === 0) return null;
  try {
    return Object.fromEntries(Object.entries(study.programParams(trial)).filter(([name]) => names.has(name)));
  } catch (error) {
    // The trial failed by that: a derived value is no number.
    if (error instanceof AttuneError && error.code === "invalid-params") return {};
    throw error;
  }
}
