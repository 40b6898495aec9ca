import type { JsonValue } from "./json.ts";

/** How a numeric parameter is spread: even on its values, on their logarithm, their log-odds, or log(1 - x). */
export type Scale = "linear" | "log" | "logit" | "reverse-log";

/** True when the parent is active and its value is (deeply) one of `in`. */
export interface Condition {
  readonly parent: string;
  readonly in: readonly JsonValue[];
}

interface ParameterBase {
  readonly name: string;
  /** Active when any of these lists holds, a list when all its conditions hold; an empty outer list: always active. */
  readonly when: readonly (readonly Condition[])[];
  readonly default?: JsonValue;
  readonly description?: string;
  readonly unit?: string;
}

export interface FloatParameter extends ParameterBase {
  readonly type: "float";
  readonly low: number;
  readonly high: number;
  readonly scale: Scale;
  /** Distance of allowed values counted from `low`, or null for all values. */
  readonly step: number | null;
  /** With log scale: exactly 0 is allowed besides [low, high] (L1/L2 strengths). */
  readonly orZero: boolean;
  /** Where the user believes good values are, on the parameter's own scale; null for no belief. */
  readonly prior: number | null;
  /** It says how far a trial is run and is not searched; left out of all others. */
  readonly fidelity?: true;
}

export interface IntParameter extends ParameterBase {
  readonly type: "int";
  readonly low: number;
  readonly high: number;
  readonly scale: Scale;
  readonly step: number;
  readonly prior: number | null;
  /** As for floats. */
  readonly fidelity?: true;
}

/** How far a trial is run, as a value that its program is given: from `low`, above 0, to `high`, the full run. */
export type FidelityParameter = (FloatParameter | IntParameter) & { readonly fidelity: true };

export interface CategoricalParameter extends ParameterBase {
  readonly type: "categorical";
  readonly choices: readonly JsonValue[];
  /** Names shown for choices that are lists or objects; same length as `choices`, or null. */
  readonly labels: readonly string[] | null;
  /** How the user wrote each choice, where its numbers are not written as JSON does (`1.0`, `[0.0, 1e-4]`); same length. */
  readonly spelling?: readonly (string | null)[];
}

/** Values with an order but no distance. */
export interface OrdinalParameter extends ParameterBase {
  readonly type: "ordinal";
  readonly values: readonly JsonValue[];
  /** As for choices. */
  readonly spelling?: readonly (string | null)[];
}

export interface BooleanParameter extends ParameterBase {
  readonly type: "boolean";
}

export interface FixedParameter extends ParameterBase {
  readonly type: "fixed";
  readonly value: JsonValue;
  /** As for choices, of the one value. */
  readonly spelling?: string;
}

export type Parameter =
  | FloatParameter
  | IntParameter
  | CategoricalParameter
  | OrdinalParameter
  | BooleanParameter
  | FixedParameter;
