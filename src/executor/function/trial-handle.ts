import type { DefineByRun } from "../../space/define-by-run.ts";
import type { Params } from "../../space/json.ts";
import type { Reported } from "../../trial/measured.ts";

/** What a tuned function gets; `M` are the objectives' names, `N` the type of a number alone, never where there are several. */
export interface TrialHandle<P = Params, M extends string = string, N extends number = number> extends DefineByRun {
  /** Values of the declared parameters that are active. */
  readonly params: P;
  readonly number: number;
  /** Seed for whatever the function draws, the same for the same study and trial; in [0, 2^31). */
  readonly seed: number;
  /** Step to run up to, or null for the function's own end. */
  readonly until: number | null;
  /** Aborted when the trial should end early. */
  readonly signal: AbortSignal;
  /**
   * Says how the trial does at a step; a number is the value of the one objective, and refused in a study with several. Resolves when there
   * is room for more: who reports faster than the storage takes it awaits this (a module in a thread is held back by itself).
   */
  report(step: number, value: Reported<M, N>): Promise<void>;
  /** True when the trial should end early; what is returned then does not count as its result. */
  shouldStop(): boolean;
}
