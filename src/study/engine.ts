/**
 * Version of everything that decides suggestions; what schedulers decide has its own. Counted up when the same view and request may give other bits than before;
 * `attune replay` then says "made by another engine version" instead of "different". `node tests/golden/record.ts` records what a new
 * version suggests; tests compare with it from then on. Version 1 had no such record: some of its suggestions cannot be made again.
 * Version 3 takes paused trials for what they have shown so far, no longer for pending ones; without any it suggests what version 2 did.
 * Version 4 learns from rungs (gp, tpe and auto): where no trial passes one or is paused it suggests what version 3 did.
 * Version 5 goes by goals, and learns from rungs by several objectives: elsewhere it suggests what version 4 did.
 */
export const ENGINE = "5";
