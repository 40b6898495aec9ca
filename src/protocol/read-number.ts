import { lookalike } from "./number-notation.ts";

const FINITE = /[-+−]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+|[dD][-+]\d+|f-?\d{1,2}(?![\p{L}\p{N}_.]))?/uy;
/** `1'234.5`, or with no-break, narrow or thin spaces, the same between all thousands. */
const GROUPED =
  /[-+−]?[1-9]\d{0,2}(?:(?:['’]\d{3})+|(?:[\u00a0\u202f\u2009]\d{3})+)(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\d'’]|,\d)/uy;
/** What Microsoft's C library of old writes for infinity and NaN. */
const MICROSOFT = /([-+−]?)1\.#(?:(INF)|IND|QNAN|SNAN)0*/uy;
const WORD = /([-+−]?)(nan|inf(?:inity)?|∞)/iuy;
/** What makes the digits before it something else: a unit, a version, a time, a date, a fraction. */
const CONTINUES = /[\p{L}\p{N}_]|[./:~-]\d|(?<=\.)#/uy;
/** What may follow a number that {@link lookalike} has nothing to say of. */
const PLAIN_END = /\s*$|[;|)\]}%"'](?!\d)|,(?!\d)|\s+(?![eExX]|(?:out )?of \d)[\p{L}([{|,;:=%]/uy;

/** A number as a program prints it, and the offset behind it. */
export interface ReadNumber {
  readonly value: number;
  readonly end: number;
}

/**
 * The number that begins exactly at `at`: `0.31`, `-1e-3`, `.5`, `nan`, `inf`, `-Infinity` in any case, `0.31f0` (Julia),
 * `0.31D+00` (Fortran), `1'234.5`, `-1.#IND`. Null when there is none, or when it goes on as something else (`0.5s`, `12:30`,
 * `1.2.3`, `3/10`, `1,234`, `1+2j`); what that is, `notationFault` says.
 */
export function readNumber(text: string, at: number): ReadNumber | null {
  return readMicrosoft(text, at) ?? readGrouped(text, at) ?? readFinite(text, at) ?? readWord(text, at);
}

function readFinite(text: string, at: number): ReadNumber | null {
  const finite = matchAt(FINITE, text, at);
  if (finite === null) return null;
  const end = at + finite[0].length;
  if (continues(text, end)) return null;
  PLAIN_END.lastIndex = end;
  if (!PLAIN_END.test(text) && lookalike(text, at) !== null) return null;
  return { value: plainNumber(finite[0]), end };
}

function readGrouped(text: string, at: number): ReadNumber | null {
  const grouped = matchAt(GROUPED, text, at)?.[0];
  if (grouped === undefined || continues(text, at + grouped.length)) return null;
  return { value: plainNumber(grouped.replace(/['’\u00a0\u202f\u2009]/gu, "")), end: at + grouped.length };
}

function readMicrosoft(text: string, at: number): ReadNumber | null {
  const match = matchAt(MICROSOFT, text, at);
  if (match === null) return null;
  const end = at + match[0].length;
  if (continues(text, end)) return null;
  return { value: match[2] === undefined ? Number.NaN : infinity(match[1]!), end };
}

function readWord(text: string, at: number): ReadNumber | null {
  const word = matchAt(WORD, text, at);
  if (word === null) return null;
  const end = at + word[0].length;
  if (continues(text, end)) return null;
  return { value: /nan/i.test(word[0]) ? Number.NaN : infinity(word[1]!), end };
}

function plainNumber(text: string): number {
  return Number(text.replace("−", "-").replace(/[dDf]/, "e"));
}

function infinity(sign: string): number {
  return sign === "-" || sign === "−" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function continues(text: string, at: number): boolean {
  CONTINUES.lastIndex = at;
  return CONTINUES.test(text);
}
