import type { JsonValue, Params } from "../space/json.ts";
import type { CommandInput } from "../trial/command-input.ts";
import { formatLiteral } from "./format-literal.ts";
import { formatValue } from "./format-value.ts";

/**
 * What `${args}` stands for: the arguments of each parameter, in the order of `params`.
 *
 * @param floats - names of parameters whose whole values are floats.
 * @example
 * formatArguments({ lr: 0.1, bn: false }, { argsStyle: "space", booleans: "no-flag" }, new Set()); // ["--lr", "0.1", "--no-bn"]
 */
export function formatArguments(params: Params, input: CommandInput, floats: ReadonlySet<string>): readonly string[] {
  return Object.entries(params).flatMap(([name, value]) => oneParameter(name, value, input, floats.has(name)));
}

function oneParameter(name: string, value: JsonValue, input: CommandInput, isFloat: boolean): readonly string[] {
  const { argsStyle = "equals", booleans = "value" } = input;
  if (typeof value === "boolean" && booleans !== "value") {
    if (value) return [`--${name}`];
    return booleans === "flag" ? [] : [`--no-${name}`];
  }
  switch (argsStyle) {
    case "equals":
      return [`--${name}=${formatValue(value)}`];
    case "space":
      return [`--${name}`, formatValue(value)];
    case "python":
      return [`--${name}=${formatLiteral(value, "python", isFloat)}`];
    case "hydra":
      return [`${name}=${formatLiteral(value, "hydra", isFloat)}`];
  }
}
