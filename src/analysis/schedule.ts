import { jsonEqual, type Params } from "../space/index.ts";
import type { Trial } from "../trial/trial.ts";

/** One part of a schedule: what a program was run with, and the step up to which (null: to its own end). */
export interface SchedulePart {
  readonly until: number | null;
  readonly params: Params;
}

/** How a trial's parameters changed over the trials that it goes back to; one part where they never did. `trialOf` looks a trial up. */
export function scheduleOf(
  trial: Pick<Trial, "params" | "branch">,
  trialOf: (number: number) => Pick<Trial, "params" | "branch">,
): readonly SchedulePart[] {
  const parts: SchedulePart[] = [{ until: null, params: trial.params }];
  for (let { branch } = trial; branch !== undefined; ) {
    const before = trialOf(branch.of);
    // Parts alike are one, whoever ran them.
    if (jsonEqual({ ...before.params }, { ...parts[0]!.params })) parts[0] = { ...parts[0]!, params: before.params };
    else parts.unshift({ until: branch.step, params: before.params });
    branch = before.branch;
  }
  return parts;
}
