import type { JsonValue } from "../../../src/space/json.ts";

/** Who runs: a sampler of Attune with its options, or a peer. */
export type ContenderChoice =
  | {
      readonly kind: "sampler";
      readonly method: string;
      readonly sampler: string;
      readonly options: Readonly<Record<string, JsonValue>>;
    }
  | { readonly kind: "peer"; readonly method: string; readonly peer: string };

/** One run, as it is handed to a worker process. */
export interface Job {
  readonly suite: string;
  readonly task: string;
  readonly contender: ContenderChoice;
  readonly seed: number;
  readonly pending: number;
}

/** What a worker process answers. */
export type JobAnswer = { readonly record: JsonValue } | { readonly problem: string };
