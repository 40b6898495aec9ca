import type { JsonValue } from "../../space/index.ts";
import type { Trial } from "../../trial/trial.ts";
import type { TrialField } from "../trials/trial-field.ts";

/** Trials as CSV (RFC 4180 with `\n`): a heading, then a line for each; what a trial has no value of is empty. */
export function* csvText(trials: readonly Trial[], fields: readonly TrialField[]): Generator<string> {
  yield `${fields.map(({ name }) => csvCell(name)).join(",")}\n`;
  for (const trial of trials) yield `${fields.map((field) => valueCell(field, trial)).join(",")}\n`;
}

/** Nothing is an empty cell, an empty text a pair of quotes. */
function valueCell({ value, written = textOf }: TrialField, trial: Trial): string {
  const known = value(trial);
  if (known === undefined) return "";
  const text = written(known);
  return text === "" ? '""' : csvCell(text);
}

/** A text as a cell, in quotes where it needs them. */
function csvCell(text: string): string {
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function textOf(value: JsonValue): string {
  if (typeof value === "string") return value;
  return typeof value === "number" ? numberText(value) : JSON.stringify(value);
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  return Object.is(value, -0) ? "-0" : String(value);
}
