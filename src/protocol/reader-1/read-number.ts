const FINITE = /[-+−]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+|[dD][-+]\d+|f-?\d{1,2}(?![\p{L}\p{N}_.]))?/uy;
const WORD = /([-+−]?)(nan|inf(?:inity)?)/iuy;
/** What makes the digits before it something else: a unit, a version, a time, a date, a fraction, 1,234. */
const CONTINUES = /[\p{L}\p{N}_]|[./:-]\d/uy;

/** A number as a program prints it, and the offset behind it. */
export interface ReadNumber {
  readonly value: number;
  readonly end: number;
}

/**
 * The number that begins exactly at `at`: `0.31`, `-1e-3`, `.5`, `nan`, `inf`, `-Infinity` in any case, `0.31f0` (Julia),
 * `0.31D+00` (Fortran). Null when there is none, or when it goes on as something else (`0.5s`, `12:30`, `1.2.3`, `3/10`,
 * `1,234`).
 */
export function readNumber(text: string, at: number): ReadNumber | null {
  FINITE.lastIndex = at;
  const finite = FINITE.exec(text);
  if (finite !== null) {
    const end = at + finite[0].length;
    const thousands = text[end] === "," && /\d/.test(text[end + 1] ?? "") && /^[-+−]?\d+$/.test(finite[0]);
    if (thousands || continues(text, end)) return null;
    return { value: Number(finite[0].replace("−", "-").replace(/[dDf]/, "e")), end };
  }
  WORD.lastIndex = at;
  const word = WORD.exec(text);
  if (word === null) return null;
  const end = at + word[0].length;
  if (continues(text, end)) return null;
  if (/nan/i.test(word[0])) return { value: Number.NaN, end };
  const negative = word[1] === "-" || word[1] === "−";
  return { value: negative ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY, end };
}

function continues(text: string, at: number): boolean {
  CONTINUES.lastIndex = at;
  return CONTINUES.test(text);
}
