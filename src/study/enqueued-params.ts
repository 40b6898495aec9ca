import { AttuneError } from "../errors.ts";
import { completeParams } from "../space/index.ts";
import type { Params } from "../space/json.ts";
import type { Trial } from "../trial/trial.ts";
import type { StudyLog } from "./study-log.ts";

/** Values of declared parameters, and those kept for parameters that the program will ask for. */
export interface EnqueuedParams {
  readonly params: Params;
  readonly offered?: Params;
}

/**
 * A configuration as a user enqueues it. Names outside the declared space are for parameters that programs ask for: they must have
 * done so before, unless the study declares none at all.
 *
 * @throws AttuneError `invalid-params`.
 */
export function enqueuedParams(log: StudyLog, given: Params): EnqueuedParams {
  const { space } = log;
  const declared = new Set(space.parameters.map(({ name }) => name));
  const mayBeAsked = (name: string): boolean =>
    !declared.has(name) && (declared.size === 0 || log.parameterAt(name) !== null);
  const entries = Object.entries(given);
  const offered = Object.fromEntries(entries.filter(([name]) => mayBeAsked(name)));
  const params = completeParams(space, Object.fromEntries(entries.filter(([name]) => !mayBeAsked(name))));
  return Object.keys(offered).length === 0 ? { params } : { params, offered };
}

/**
 * What a trial counts as now, to be run again.
 *
 * @throws AttuneError `invalid-argument` for one whose parameters changed on its way: those it ended with alone are another run.
 */
export function replicatedParams(log: StudyLog, trial: Trial): EnqueuedParams {
  if (trial.branch !== undefined) throw scheduled(trial);
  const params = log.paramsInSpace(trial);
  if (trial.definitions === undefined) return { params };
  const declared = new Set(log.space.parameters.map(({ name }) => name));
  const entries = Object.entries(params);
  return {
    params: Object.fromEntries(entries.filter(([name]) => declared.has(name))),
    offered: Object.fromEntries(entries.filter(([name]) => !declared.has(name))),
  };
}

function scheduled({ number, branch }: Trial): AttuneError {
  return new AttuneError(
    "invalid-argument",
    `Trial ${number} went on from step ${branch!.step} of trial ${branch!.of} with other parameters, and cannot be run again by those it ended with: ` +
      "run its schedule from the beginning, in a study whose scheduler is pbt with that schedule as its option.",
  );
}
