import type { Spelled, SpelledParams } from "../space/spelled.ts";
import type { CommandInput } from "../trial/command-input.ts";
import { formatLiteral } from "./format-literal.ts";
import { formatValue } from "./format-value.ts";

/**
 * What `${args}` stands for: the arguments of each parameter, in the order of `params`.
 *
 * @example
 * formatArguments({ lr: 0.1, bn: false }, { argsStyle: "space", booleans: "no-flag" }); // ["--lr", "0.1", "--no-bn"]
 */
export function formatArguments(params: SpelledParams, input: CommandInput): readonly string[] {
  return Object.entries(params).flatMap(([name, value]) => oneParameter(name, value, input));
}

function oneParameter(name: string, value: Spelled, input: CommandInput): readonly string[] {
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
      return [`--${name}=${formatLiteral(value, "python")}`];
    case "hydra":
      return [`${name}=${formatLiteral(value, "hydra")}`];
  }
}
