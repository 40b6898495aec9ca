import type { Params } from "../../src/space/json.ts";
import type { Space } from "../../src/space/space.ts";

/** A tuning problem of one value, to be made small, within limits over what else is measured. */
export interface LimitedTask {
  readonly name: string;
  /** `synthetic`: made up, with a best value that is known; `dev`: to tune on; `headline`: to report on. */
  readonly suite: "synthetic" | "dev" | "headline";
  open(): Promise<OpenLimitedTask>;
}

export interface OpenLimitedTask {
  readonly space: Space;
  readonly limits: readonly string[];
  /** What is measured besides the value, in the order in which `evaluate` gives it behind that. */
  readonly kept: readonly string[];
  /** The least value that keeps the limits; null where it is not known. */
  readonly best: number | null;
  evaluate(params: Params): Promise<readonly number[]>;
}
