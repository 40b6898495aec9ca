import { AttuneError } from "../errors.ts";

/** Trials named on a command line, and the study if the last or the first word names one. */
export interface TrialWords {
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
