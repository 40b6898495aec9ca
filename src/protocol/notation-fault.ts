import { UNSIGNED } from "../space/number-text.ts";
import { firstNotation, lookalike, type Notation, type NotationFault, notation } from "./number-notation.ts";
import { readNumber } from "./read-number.ts";

/** Forms that no plain number begins with. */
const OTHERS: readonly Notation[] = [
  notation("[¼-¾⅐-⅞↉]", "a number with a fraction sign; write it as a decimal number", true),
  notation(
    "(?:(?![0-9])\\p{Nd}|\\d)*(?![0-9])\\p{Nd}[\\p{Nd}٫٬.,．，]*",
    "a number in other digits than 0 to 9; write it in these",
    true,
  ),
  notation("[<>≤≥]=?\\s?[-+−]?\\d[\\d.]*(?:[eE][-+]?\\d+)?", "a bound and no value; write the number itself", true),
  notation("[~≈]\\s?[-+−]?\\d[\\d.]*(?:[eE][-+]?\\d+)?", "an approximation; write the number itself", true),
  notation(
    "[–—﹣－]\\s?\\d[\\d.]*(?:[eE][-+]?\\d+)?",
    "a number behind a dash that is no minus sign; write a minus (-)",
    true,
  ),
  notation(
    "[*]{2,}(?![*\\p{L}\\p{N}_.+-])",
    "what Fortran writes for a number too long for its format; make the format wider",
    true,
  ),
];

/** A number that goes on as letters that are no unit. */
const SUFFIXED: readonly Notation[] = [
  notation(
    `${UNSIGNED}[\\p{L}_][\\p{L}\\p{N}_]*`,
    "a number with letters behind it that are no unit known here; write it without",
    false,
  ),
];

/**
 * Why what begins at `at` is read as no number although it looks like one: `1.234,5`, `0,5`, `1+2j`, `0x1p-3`, `3/10`. Null for
 * numbers, and for what looks like none.
 */
export function notationFault(text: string, at: number): NotationFault | null {
  // Most of what stands in a table is words, and no form begins with a letter.
  if (/[A-Za-z]/.test(text[at] ?? "") || readNumber(text, at) !== null) return null;
  return lookalike(text, at) ?? firstNotation(OTHERS, text, at) ?? firstNotation(SUFFIXED, text, at);
}
