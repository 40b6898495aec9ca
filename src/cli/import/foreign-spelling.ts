import { parseParamValue } from "../../space/index.ts";
import type { JsonValue } from "../../space/json.ts";
import type { Parameter } from "../../space/parameter.ts";
import { readParamValue } from "../../space/parse-param-value.ts";
import type { TrialState } from "../../trial/trial.ts";

/** How Optuna, Ax, Ray Tune and people name a trial's state, besides the names here; in small letters. */
const STATES: Readonly<Record<string, TrialState | "invalid">> = {
  complete: "complete",
  completed: "complete",
  pruned: "pruned",
  early_stopped: "pruned",
  fail: "failed",
  failed: "failed",
  error: "failed",
  running: "running",
  waiting: "waiting",
  pending: "waiting",
  paused: "paused",
  invalid: "invalid",
};

/** Words of Python, pandas and R for JSON's. */
const WORDS: Readonly<Record<string, string>> = {
  True: "true",
  TRUE: "true",
  False: "false",
  FALSE: "false",
  None: "null",
};

/** A trial's state from any of its spellings (`COMPLETE`, `TrialState.FAIL`), or null. */
export function readStateWord(text: string): TrialState | "invalid" | null {
  const word = text.replace(/^TrialState\./, "").toLowerCase();
  return Object.hasOwn(STATES, word) ? STATES[word]! : null;
}

/**
 * A parameter's value as the text says it, else as Python, pandas or R write it: `True` for true, `None` for null, `1` and `0` for a
 * boolean.
 *
 * @throws AttuneError `invalid-params` that says what is allowed.
 */
export function readForeignValue(parameter: Parameter, text: string): JsonValue {
  const value = readParamValue(parameter, text);
  if (value !== undefined) return value;
  const word = WORDS[text.trim()] ?? (parameter.type === "boolean" ? numberWord(text) : undefined);
  const foreign = word === undefined ? undefined : readParamValue(parameter, word);
  return foreign === undefined ? parseParamValue(parameter, text) : foreign;
}

/** pandas makes numbers of booleans where some are missing. */
function numberWord(text: string): string | undefined {
  const [, digit] = /^\s*([01])(?:\.0+)?\s*$/.exec(text) ?? [];
  return digit === undefined ? undefined : digit === "1" ? "true" : "false";
}
