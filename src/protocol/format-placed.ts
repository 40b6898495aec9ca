import type { Spelled } from "../space/spelled.ts";
import type { ArgsStyle } from "../trial/command-input.ts";
import { formatLiteral } from "./format-literal.ts";
import { formatValue } from "./format-value.ts";
import { hydraQuoted } from "./hydra-quoted.ts";
import type { PlaceRole } from "./place-role.ts";

/**
 * A value at a place of a command, in the style of its arguments: a literal where it is a value of its own, escaped inside the
 * user's quotes, plain as a part of a longer text.
 *
 * @example
 * formatPlaced("adam", "python", "value"); // '"adam"'
 * formatPlaced("adam", "python", "part"); // "adam"
 */
export function formatPlaced(value: Spelled, style: ArgsStyle, role: PlaceRole): string {
  const text = formatValue(value);
  if (style === "equals" || style === "space" || role === "part") return text;
  if (role === "value") return formatLiteral(value, style);
  const quote = role === "double" ? '"' : "'";
  if (style === "hydra") return hydraQuoted(text, quote);
  const inside = formatLiteral(text, style).slice(1, -1);
  return quote === '"' ? inside : inside.replaceAll('\\"', '"').replaceAll("'", "\\'");
}
