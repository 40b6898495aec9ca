import { AttuneError } from "../errors.ts";
import {
  boolean,
  type ChoiceOptions,
  choice,
  type FloatOptions,
  float,
  type IntOptions,
  int,
  ordinal,
} from "./builders.ts";
import { parameterProblem } from "./check-parameter.ts";
import type { ParameterDefinition } from "./definition.ts";
import type { JsonValue } from "./json.ts";
import type { Parameter } from "./parameter.ts";
import { parameterNameProblem } from "./parameter-name.ts";

type Asked<O> = Omit<O, "when" | "default" | "fidelity">;

/**
 * Asking for parameters while the function runs, instead of (or besides) declaring them. A name asked for again in the same trial
 * gives the same value; with another range or other choices it is an AttuneError `invalid-params`. Between trials ranges may differ.
 *
 * @example
 * const layers = trial.int("layers", 1, 4);
 * const units = Array.from({ length: layers }, (_, i) => trial.int(`units${i}`, 16, 512, { log: true }));
 */
export interface DefineByRun {
  /** A number from low to high, both included. */
  float(name: string, low: number, high: number, options?: Asked<FloatOptions>): number;
  /** A whole number from low to high, both included. */
  int(name: string, low: number, high: number, options?: Asked<IntOptions>): number;
  /** One of the values, without order. */
  choice<const T extends JsonValue>(name: string, choices: readonly T[], options?: Asked<ChoiceOptions<T>>): T;
  /** One of the values, which have an order but no distance. */
  ordinal<const T extends JsonValue>(name: string, values: readonly T[]): T;
  boolean(name: string): boolean;
}

/** The methods, each checking what it is given and handing the parameter to `ask`. */
export function defineByRun(ask: (parameter: Parameter) => JsonValue): DefineByRun {
  const value = (name: string, definition: ParameterDefinition): JsonValue => ask(checked(name, definition));
  return {
    float: (name, low, high, options) => value(name, float(low, high, options)) as number,
    int: (name, low, high, options) => value(name, int(low, high, options)) as number,
    choice: <const T extends JsonValue>(name: string, choices: readonly T[], options?: Asked<ChoiceOptions<T>>) =>
      value(name, choice(choices, options)) as T,
    ordinal: <const T extends JsonValue>(name: string, values: readonly T[]) => value(name, ordinal(values)) as T,
    boolean: (name) => value(name, boolean()) as boolean,
  };
}

/** The value of a parameter whose low and high are the same, else null: loops ask for a count from 1 to 1, which is no search. */
export function singleValue(parameter: Parameter): JsonValue {
  if (parameter.type === "fixed") return parameter.value;
  if (parameter.type !== "float" && parameter.type !== "int") return null;
  return parameter.low === parameter.high ? parameter.low : null;
}

function checked(name: string, { parameter: nameless }: ParameterDefinition): Parameter {
  const parameter = { ...nameless, name, when: [] } as Parameter;
  if ("fidelity" in parameter) {
    const message = `Parameter ${JSON.stringify(name)} is asked for as the fidelity, which a trial is given before it runs; declare it in the space.`;
    throw new AttuneError("invalid-params", message, { data: { name } });
  }
  const single = Number.isFinite(singleValue(parameter) ?? Number.NaN);
  const problem = single ? parameterNameProblem(name) : parameterProblem(parameter)?.message;
  if (problem === undefined || problem === null) return parameter;
  throw new AttuneError("invalid-params", problem, { data: { name } });
}
