import { AttuneError } from "../errors.ts";
import { notationFault } from "../protocol/notation-fault.ts";
import type { Told } from "../study/index.ts";
import { metricNumber } from "./metric-number.ts";

/** What `attune tell` was given: the result (null where `--lost` needs none), and the study if the last word names one. */
export interface ToldWords {
  readonly told: Told | null;
  readonly study: string | undefined;
}

/**
 * Sorts the words behind the trial's number: one value, or values as `name=value`, then perhaps the study.
 *
 * @throws AttuneError `invalid-argument` when a word is none of these, or value and failure are both told.
 */
export function readTold(
  words: readonly string[],
  options: { readonly failed?: boolean; readonly message?: string; readonly lost?: boolean },
): ToldWords {
  const results = words.filter((word) => isResult(word));
  const others = words.filter((word) => !isResult(word));
  const [study] = others;
  if (study !== undefined && results.length === 0 && options.failed !== true) refuseNotation(study);
  if (others.length > 1 || (study !== undefined && study !== words.at(-1))) {
    throw new AttuneError(
      "invalid-argument",
      `"${study}" is no number and no name=value; write attune tell NUMBER 0.31 --token T.`,
    );
  }
  const nothing = options.lost === true && results.length === 0 && !options.failed && options.message === undefined;
  return { told: nothing ? null : toldOf(results, options), study };
}

function toldOf(results: readonly string[], { failed, message }: { failed?: boolean; message?: string }): Told {
  if (failed) {
    if (results.length > 0)
      throw new AttuneError("invalid-argument", `Both --failed and ${results[0]} are given; give one.`);
    return message === undefined ? { failed: true } : { failed: true, message };
  }
  const [first] = results;
  if (first === undefined)
    throw new AttuneError("invalid-argument", "No value is given; give a number, name=value, or --failed.");
  if (message !== undefined) throw new AttuneError("invalid-argument", "--message goes with --failed.");
  if (!first.includes("=") && results.length === 1) return number(first);
  const named = results.map((word) => {
    const at = word.indexOf("=");
    if (at < 1)
      throw new AttuneError("invalid-argument", `"${word}" has no name; several values are given as name=value.`);
    return [word.slice(0, at), number(word.slice(at + 1))] as const;
  });
  return Object.fromEntries(named);
}

function isResult(word: string): boolean {
  return word.includes("=") || metricNumber(word) !== null;
}

function number(text: string): number {
  const value = metricNumber(text);
  if (value !== null) return value;
  refuseNotation(text);
  throw new AttuneError("invalid-argument", `"${text}" is no number; give one such as 0.31, 1e-3, nan or inf.`);
}

/** A decimal comma and its like are named for what they are. */
function refuseNotation(text: string): void {
  const fault = notationFault(text, 0);
  if (fault === null || !fault.sure || fault.text !== text) return;
  throw new AttuneError("invalid-argument", `"${text}" is ${fault.why}.`);
}
