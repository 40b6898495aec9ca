import type { JsonValue, Params } from "../space/json.ts";
import type { AttemptEnd } from "./event.ts";
import type { CommandTemplate } from "./study-definition.ts";
import type { Values } from "./trial.ts";

/** What a configuration was when it was run on held-out data: by several objectives a point of the front, or the defaults. */
export type HeldOutRole = "winner" | "runner-up" | "default" | "chosen" | "neighbour";

/** One run of a configuration on data that the search never saw. It is no trial: samplers, rankings and budgets do not know of it. */
export interface HeldOutRun {
  /** Names its files; unique within the study, and no more than that. */
  readonly number: number;
  readonly role: HeldOutRole;
  /** The trial whose configuration, seed and `${trial}` it had; null for defaults that were never tried. */
  readonly trial: number | null;
  /** As the program got them. */
  readonly params: Params;
  readonly seed: number;
  /** What was run, the metric that was asked for, and how it was read. */
  readonly command: CommandTemplate;
  readonly metric: string;
  /** All that were asked for, in the order of the study's objectives; left out where it was the one. */
  readonly metrics?: readonly string[];
  readonly reading: JsonValue;
  readonly values: Values;
  readonly end: AttemptEnd;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number;
}

/** The metrics that a run was asked for, in the order of the study's objectives then. */
export function heldOutMetrics({ metric, metrics }: Pick<HeldOutRun, "metric" | "metrics">): readonly string[] {
  return metrics ?? [metric];
}
