import type { JsonValue, Params } from "../../space/json.ts";
import type { Metric } from "../../trial/metric.ts";
import type { TrialState, Values } from "../../trial/trial.ts";

/** Version of what a study and a sampler that is a program say to each other; see docs/reference/sampler-protocol.md. */
export const SAMPLER_PROTOCOL = 1;

/** What a sampler is told first. */
export interface InitializeParams {
  readonly protocol: number;
  /** The canonical JSON form of the space, or parameters by name as in a study file. */
  readonly space: JsonValue;
  readonly metrics: readonly Metric[];
  /** Whole number in [0, 2^53): the same seed, the same suggestions. */
  readonly seed: number;
}

/** How a trial went; states are those of a trial that has ended or pauses. */
export interface ToldTrial {
  readonly number: number;
  readonly params: Params;
  readonly state: Extract<TrialState, "complete" | "pruned" | "failed" | "paused">;
  /** By metric; a metric without a value is left out. */
  readonly values: Values;
  /** Last step that it reported, left out where none. */
  readonly step?: number;
}

/** What is asked for: `count` configurations for the trials from `number` on. */
export interface AskParams {
  readonly number: number;
  readonly count: number;
  /** Ordinal of the first among this sampler's own suggestions, from 0. */
  readonly index: number;
  /** Trials left in the budget, or null where there is none. */
  readonly remaining: number | null;
  /** Trials that were begun and have not ended. */
  readonly pending: readonly { readonly number: number; readonly params: Params }[];
}
