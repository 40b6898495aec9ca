import type { Chosen } from "./run-study.ts";

/** Who runs: a scheduler and a sampler of Attune, or a peer. */
export type ContenderChoice =
  | { readonly kind: "own"; readonly method: string; readonly scheduler: Chosen; readonly sampler: Chosen }
  | { readonly kind: "peer"; readonly method: string; readonly peer: string };

/** One run, as it is handed to a worker process. */
export interface Job {
  readonly suite: string;
  readonly task: string;
  readonly contender: ContenderChoice;
  readonly seed: number;
  /** Full runs. */
  readonly budget: number;
}
