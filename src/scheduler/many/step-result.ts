import type { Params } from "../../space/json.ts";

/** What a trial had at a step, by several objectives or limits. */
export interface StepResult {
  readonly trial: number;
  /** The objectives in their order, all to be made small; finite, else the result is worthless. */
  readonly point: readonly number[];
  /** What limits look at, as far as it was told by then. */
  readonly told: Readonly<Record<string, number>>;
  readonly params: Params;
}
