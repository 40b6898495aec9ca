import { AttuneError } from "../errors.ts";
import { notationFault } from "../protocol/notation-fault.ts";
import { quoteWord } from "../protocol/shell-quote.ts";
import { NUMBER } from "../space/number-text.ts";
import type { Told } from "../study/index.ts";
import type { Metric } from "../trial/metric.ts";

/** Where values stand in a command line that hands a result in: `LOSS`, of several objectives `recall=RECALL ms=MS`. */
export function valueWords(metrics: readonly Metric[]): string {
  const [only, ...others] = metrics.map(({ name }) => name);
  if (only === undefined || others.length === 0) return (only ?? "VALUE").toUpperCase();
  return [only, ...others].map((name) => quoteWord(`${name}=${name.toUpperCase()}`)).join(" ");
}

/** What `attune tell` was given: the result (null where `--lost` needs none), and the study if the last word names one. */
interface ToldWords {
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

/** Trials named on a command line, and the study if the last or the first word names one. */
interface TrialWords {
  readonly trials: readonly number[];
  readonly study: string | undefined;
}

/**
 * Sorts words into trial numbers (`3`, `5-8`) and, last or first, perhaps the study.
 *
 * @throws AttuneError `invalid-argument` when there is no number, or another word is none.
 */
export function readTrialWords(words: readonly string[]): TrialWords {
  const study = [words.at(-1), words[0]].find((word) => word !== undefined && !isNumbers(word));
  const at = words.lastIndexOf(study ?? "");
  const numbers = at < 0 ? words : words.toSpliced(at, 1);
  const wrong = numbers.find((word) => !isNumbers(word));
  if (wrong !== undefined) {
    throw new AttuneError("invalid-argument", `"${wrong}" is no trial's number; write 3, or 5-8 for several.`);
  }
  if (numbers.length === 0) throw new AttuneError("invalid-argument", "No trial is named; give its number.");
  return { trials: [...new Set(numbers.flatMap(expand))], study };
}

function isNumbers(word: string): boolean {
  return /^\d{1,9}(-\d{1,9})?$/.test(word);
}

function expand(word: string): readonly number[] {
  const [from = 0, to = from] = word.split("-").map(Number);
  if (to < from) throw new AttuneError("invalid-argument", `${word} runs backwards; write ${to}-${from}.`);
  if (to - from > 100_000) throw new AttuneError("invalid-argument", `${word} are more trials than a study has.`);
  return Array.from({ length: to - from + 1 }, (_, k) => from + k);
}

const SPECIAL: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  "+inf": Number.POSITIVE_INFINITY,
  "-inf": Number.NEGATIVE_INFINITY,
  infinity: Number.POSITIVE_INFINITY,
  "+infinity": Number.POSITIVE_INFINITY,
  "-infinity": Number.NEGATIVE_INFINITY,
};

const PLAIN = new RegExp(`^${NUMBER}$`);

/** A metric's value as a person writes it (`0.31`, `1e-3`, `nan`, `-inf`), or null for anything else. */
export function metricNumber(text: string): number | null {
  const special = SPECIAL[text.toLowerCase()];
  if (special !== undefined) return special;
  return PLAIN.test(text) ? Number(text) : null;
}
