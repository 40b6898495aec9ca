import type { JsonValue, Spelled, Variable } from "../../space/index.ts";
import type { Trial } from "../../trial/trial.ts";

/** One thing to know of each trial: a column of tables and exports, a name in filters. */
export interface TrialField {
  readonly name: string;
  readonly kind: "field" | "parameter" | "metric";
  readonly align: "left" | "right";
  /** True when every value is a whole number. */
  readonly integer: boolean;
  /** What a filter may compare it with. */
  readonly variable: Variable;
  /** The value; undefined where the trial has none (an inactive parameter, a metric never reported). Numbers may be non-finite. */
  readonly value: (trial: Trial) => JsonValue | undefined;
  /** Of a parameter: a value of it as programs get it. */
  readonly spelled?: (value: JsonValue) => Spelled;
  /** Of a parameter: a value of it as a text that tells it from all others. */
  readonly written?: (value: JsonValue) => string;
  /** The value for people to read. */
  readonly text: (trial: Trial) => string;
}
