import { isVisible } from "../../objective/index.ts";
import type { Trial } from "../../trial/trial.ts";

/** A trial's state as it is shown: `invalid` over any other. */
export function stateWord(trial: Trial): string {
  return isVisible(trial) ? trial.state : "invalid";
}
