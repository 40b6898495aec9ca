import { OPTION, type OptionKinds, orNull } from "../space/check-options.ts";
import { BUDGET_TAKES, parseBudget } from "./parse-budget.ts";
import type { FreezeWhen } from "./run-options.ts";
import type { OptimizeOptions } from "./study.ts";

/** Timers count to 2^31 ms. */
const LONGEST_GRACE = 2_147_483;

const FREEZE: readonly unknown[] = ["never", "auto", "always"] satisfies readonly FreezeWhen[];

/** What `optimize` and `run` take. */
export const RUN_OPTION_KINDS: OptionKinds<OptimizeOptions> = {
  trials: orNull(OPTION.whole),
  workers: OPTION.wholeFrom1,
  timeout: orNull({ takes: "a number of seconds from 0 up", fits: OPTION.nonNegative.fits }),
  budget: orNull({ takes: BUDGET_TAKES, fits: (value) => parseBudget(value) !== null }),
  target: orNull({ takes: 'a number, or "goals"', fits: (value) => value === "goals" || OPTION.number.fits(value) }),
  patience: orNull({ takes: "a whole number from 1 up", fits: OPTION.wholeFrom1.fits }),
  grace: {
    takes: `a number of seconds from 0 to ${LONGEST_GRACE}`,
    fits: (value) => OPTION.nonNegative.fits(value) && Number(value) <= LONGEST_GRACE,
  },
  keepGoing: OPTION.yesOrNo,
  unscheduled: OPTION.yesOrNo,
  freeze: { takes: '"never", "auto" or "always"', fits: (value) => FREEZE.includes(value) },
  freezeMemory: orNull({ takes: "a whole number of bytes from 0 up", fits: OPTION.whole.fits }),
  checkpointSpace: orNull({ takes: "a whole number of bytes from 0 up", fits: OPTION.whole.fits }),
  mayStart: OPTION.function,
  signal: OPTION.signal,
  stop: OPTION.signal,
  kill: OPTION.signal,
  onEvent: OPTION.function,
};
