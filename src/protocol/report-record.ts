import { isObject } from "./is-object.ts";
import { parseJson } from "./parse-json.ts";
import { asNumber, stepOfObject } from "./read-metric-line.ts";
import { STEP_KEYS } from "./read-step.ts";

/** One record that a program reports on purpose: all its numbers, kept whether asked for or not. */
export interface ReportRecord {
  readonly step: number | null;
  readonly values: Readonly<Record<string, number>>;
}

/** Reads `{"step": 3, "val_loss": 0.31, "acc": 0.9}`; null when it is no JSON object or holds no number. */
export function readReportRecord(text: string): ReportRecord | null {
  const json = parseJson(text);
  if (!isObject(json)) return null;
  const numbers = Object.entries(json).flatMap(([name, value]) => {
    const number = STEP_KEYS.includes(name) ? null : asNumber(value);
    return number === null ? [] : [[name, number] as const];
  });
  return numbers.length === 0 ? null : { step: stepOfObject(json), values: Object.fromEntries(numbers) };
}
