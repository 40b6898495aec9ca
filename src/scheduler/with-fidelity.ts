import { AttuneError } from "../errors.ts";
import { describeValues, type FidelityParameter, isParameterValue } from "../space/index.ts";
import type { NextDecision, Scheduler } from "./scheduler.ts";

/**
 * A scheduler in a study that declares a fidelity: to a trial's own end is to the largest one, and nothing is run up to what is no value of
 * it (AttuneError `invalid-argument`).
 */
export function withFidelity(scheduler: Scheduler, fidelity: FidelityParameter): Scheduler {
  const settle = <D extends NextDecision>(decision: D): D => {
    if (decision.action === "wait") return decision;
    const until = decision.until ?? fidelity.high;
    if (isParameterValue(fidelity, until)) return { ...decision, until };
    const message = `Scheduler ${scheduler.name} runs a trial with ${fidelity.name} ${until}; allowed: ${describeValues(fidelity)}.`;
    throw new AttuneError("invalid-argument", message);
  };
  const { onEnd, last, explain, least } = scheduler;
  return {
    name: scheduler.name,
    ...(least !== undefined && { least }),
    onReport: (view, trial, report) => scheduler.onReport(view, trial, report),
    next: (view) => settle(scheduler.next(view)),
    ...(onEnd && { onEnd: (view, trial) => onEnd.call(scheduler, view, trial) }),
    ...(explain && { explain: (view) => explain.call(scheduler, view) }),
    ...(last && {
      last: (view) => {
        const decision = last.call(scheduler, view);
        return decision === null ? null : settle(decision);
      },
    }),
  };
}
