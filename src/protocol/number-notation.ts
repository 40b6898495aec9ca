import { UNSIGNED } from "../space/number-text.ts";

/** A way of writing a number that may mean several numbers, or that no rule here reads. */
export interface NotationFault {
  /** What was printed. */
  readonly text: string;
  /** What it is, and what to print instead: goes on a sentence that quotes the text. */
  readonly why: string;
  /**
   * True where the text is the metric's value in an unreadable form; false where it may as well be something else (a date, a
   * fraction of work done), so that it explains why nothing was found but puts no other value in doubt.
   */
  readonly sure: boolean;
  /** Whether it is a list in place of a number. */
  readonly list?: boolean;
}

/** A form that is refused. */
export interface Notation {
  readonly pattern: RegExp;
  readonly why: string | ((text: string) => string);
  readonly sure: boolean;
}

const SIGN = "[-+−]?";
const EXPONENT = "(?:(?:\\^|\\*\\*)\\s?[-+−]?\\d+|[⁺⁻⁰¹²³⁴-⁹]+)";
const END = "(?![\\p{L}\\p{N}_])";

/** Forms that begin with digits a plain number could begin with as well; the first that fits says what it is. */
const LOOKALIKES: readonly Notation[] = [
  notation(`1\\.#[\\p{L}\\d]*`, "an infinity or NaN cut to a few digits, which no longer says which of them", true),
  notation(
    "0[xX][\\da-fA-F]*(?:\\.[\\da-fA-F]*)?(?:[pP][-+]?\\d+)?",
    "a hexadecimal number; write it as a decimal one",
    true,
  ),
  notation("0[bBoO]\\d+", "a binary or octal number; write it as a decimal one", true),
  notation(
    "[1-9]\\d{0,2}(?:\\.\\d{3})+,\\d+(?![\\d.])",
    "a number with points between thousands and a decimal comma; write it as 1234.5",
    true,
  ),
  notation(
    "[1-9]\\d{0,2}(?:[ \\u00a0\\u202f\\u2009]\\d{3})+,\\d+(?![\\d.])",
    "a number with blanks between thousands and a decimal comma; write it as 1234.5",
    true,
  ),
  notation(
    "[1-9]\\d{0,2}(?: \\d{3})+(?:\\.\\d+|\\s*$)",
    "one number with blanks between thousands, or several; write one as 1234.5",
    true,
  ),
  notation("[1-9]\\d{0,2}(?:,\\d{3})+(?:\\.\\d+)?(?![\\d,])", commaThousands, true),
  notation(
    "\\d+,\\d+(?![\\d.,])",
    (text) => `a number with a decimal comma, or two numbers; write ${text.replace(",", ".")}`,
    true,
  ),
  notation("\\d+(?:,\\d+)+(?:\\.\\d+)?", "several numbers, or one with commas in it; write one number", true),
  notation("\\d+(?:\\.\\d+){2,}", "a version, or a number with points between thousands; write a plain number", false),
  notation("\\d+(?:_\\d+)+(?:\\.\\d+)?", "a number with underscores; write it without", true),
  notation(
    "\\d+(?:['’]\\d+)+(?:[.,]\\d+)?",
    "a number with apostrophes that are not between thousands; write it without",
    true,
  ),
  notation(
    "\\d+(?:\\.\\d+)?:\\d+(?::\\d+)*(?:\\.\\d+)?",
    "a time of day, a duration or a ratio; write one number, such as seconds",
    false,
  ),
  notation("\\d+(?:\\.\\d+)?\\s?\\/\\s?\\d+(?:\\.\\d+)?", "a fraction; write it as a decimal number", false),
  notation("\\d+ (?:out )?of \\d+(?![\\d.])", "a part of a whole; write it as a decimal number", false),
  notation(
    `${UNSIGNED}(?:[-+−]|\\s[-+−]\\s?(?=[\\d.]))(?:${UNSIGNED})?[ij]${END}`,
    "a complex number; write a real one, such as its absolute value",
    true,
  ),
  notation(`${UNSIGNED}[ij]${END}`, "an imaginary number; write a real one", true),
  notation(`${UNSIGNED}[×·⋅✕]\\d+(?:\\.\\d+)?${EXPONENT}?`, "a product; write it as 1.5e-3", true),
  notation(`${UNSIGNED}\\s?[×·⋅✕x*]\\s?10\\s?${EXPONENT}`, "a product; write it as 1.5e-3", true),
  notation(`${UNSIGNED}(?:\\^|\\*\\*)[-+−]?\\d+`, "a power; write it as 1e-3", true),
  notation(`${UNSIGNED}[⁺⁻⁰¹²³⁴-⁹]+`, "a power; write it as 1e-3", true),
  notation("\\d+(?:\\.\\d*)? [eE][-+]\\d+", "a number with a blank before its exponent; write it without", true),
  notation(
    "\\d*\\.\\d+[-+]\\d{3}(?![\\d.])",
    "a number whose exponent has no letter (Fortran); give its format three digits: ES24.15E3",
    true,
  ),
  notation("\\d+\\s?[¼-¾⅐-⅞↉]", "a number with a fraction sign; write it as a decimal number", true),
  notation(`${UNSIGNED}(?:\\.{2,3}|[~–-])[-+]?\\d+(?:\\.\\d+)?`, "a range or a date; write one number", false),
];

/** A notation behind a sign perhaps; `source` is for the flags `u` and `y`. */
export function notation(source: string, why: Notation["why"], sure: boolean): Notation {
  return { pattern: new RegExp(SIGN + source, "uy"), why, sure };
}

function commaThousands(text: string): string {
  return text.includes(".") || /,.*,/.test(text)
    ? `a number with commas, or several numbers; write ${text.replaceAll(",", "")}`
    : "a number with a decimal comma, or one with a comma between thousands; write 1.234 or 1234";
}

/** What begins with a plain number and is none: `1` of `1+2j`, of `1,234`, of `3/10`. Null for everything else. */
export function lookalike(text: string, at: number): NotationFault | null {
  return firstNotation(LOOKALIKES, text, at);
}

/** The first of the notations that stands at `at`. */
export function firstNotation(notations: readonly Notation[], text: string, at: number): NotationFault | null {
  for (const { pattern, why, sure } of notations) {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) return { text: found, why: typeof why === "string" ? why : why(found), sure };
  }
  return null;
}
