import { UNSIGNED } from "../space/number-text.ts";
import type { NotationFault } from "./number-notation.ts";
import { readUnit, type Unit } from "./units.ts";

/** A number with its unit, converted. */
export interface Quantity {
  /** In seconds or bytes. */
  readonly value: number;
  /** `s`, `B`, or one of these per something: `s/step`. */
  readonly unit: string;
  /** Offset behind the number alone; of a duration in parts behind all of them. */
  readonly numberEnd: number;
  /** Offset behind the unit. */
  readonly end: number;
}

/** What could be several units, or a count in thousands or millions. */
const AMBIGUOUS = /^(?:[mMkKgGtT]|[kKmMgGtT]i|[kKmMgGtT]b|m[bB]|g[bB]|t[bB])$/;

const NUMBER = new RegExp(`[-+−]?${UNSIGNED}`, "y");
const UNIT = /([ \u00a0\u202f]?)([\p{L}µ]{1,12})(\/\p{L}{1,12})?(?![\p{L}\p{N}_/])/uy;
/** Durations in parts, such as `0m2.814s`, `1h02m`, `3 min 12 s`, `1 day 2 hours`. */
const PARTS =
  /(?:\d+\s?(?:d|days?|h|hrs?|hours?|m|mins?|minutes?|s|secs?|seconds?|ms)(?:,?\s(?:and\s)?)?(?=[\d.])){1,4}\d*\.?\d+\s?(?:h|hrs?|hours?|m|mins?|minutes?|s|secs?|seconds?|ms|us|µs|μs|ns)(?![\p{L}\p{N}_/])/uy;
const PART = /(\d*\.?\d+)\s?([\p{L}µ]+)/gu;
/** Letters of a part, which alone would say too little. */
const PART_LETTERS: Readonly<Record<string, Unit>> = { d: readUnit("day")!, m: readUnit("min")! };
/** What shows that the letters behind a blank are the next thing's name: `0.31 min: 0.2`, `0.5 s 0.7`, `3 h = 2`. */
const NAMES_NEXT = /\s{0,4}(?:[=:]|\s[-+−]?\.?\d)/y;

/**
 * The quantity with a unit that begins exactly at `at`: `115 ms`, `12.3ms`, `0m2.814s`, `3.2 MiB`, `12 ms/step`; in seconds or bytes.
 * A fault for a lone `m`, `M`, `k`, `G` behind the number, which may mean several things; null where there is no unit.
 */
export function readQuantity(text: string, at: number): Quantity | { readonly fault: NotationFault } | null {
  const parts = readParts(text, at);
  if (parts !== null) return parts;
  NUMBER.lastIndex = at;
  const number = NUMBER.exec(text)?.[0];
  if (number === undefined) return null;
  UNIT.lastIndex = at + number.length;
  const [whole, blank, letters, per = ""] = UNIT.exec(text) ?? [];
  if (whole === undefined || letters === undefined) return null;
  const end = at + number.length + whole.length;
  NAMES_NEXT.lastIndex = end;
  if (blank !== "" && NAMES_NEXT.test(text)) return null;
  const unit = readUnit(letters);
  if (unit !== null)
    return { value: converted(number, unit), unit: unit.kind + per, numberEnd: at + number.length, end };
  if (!AMBIGUOUS.test(letters)) return null;
  const why = `a number with a unit that may mean several (${letters}); write it in s, min, kB or MiB, or without a unit`;
  return { fault: { text: text.slice(at, end), why, sure: true } };
}

function readParts(text: string, at: number): Quantity | null {
  PARTS.lastIndex = at;
  const whole = PARTS.exec(text)?.[0];
  if (whole === undefined) return null;
  let [value, before] = [0, Number.POSITIVE_INFINITY];
  for (const { 1: number = "", 2: letters = "" } of whole.matchAll(PART)) {
    const unit = PART_LETTERS[letters] ?? readUnit(letters);
    // From the larger to the smaller: anything else is no duration.
    if (unit === null || unit.factor / unit.divisor >= before) return null;
    before = unit.factor / unit.divisor;
    value += converted(number, unit);
  }
  const end = at + whole.length;
  return { value, unit: "s", numberEnd: end, end };
}

function converted(number: string, { factor, divisor }: Unit): number {
  return (Number(number.replace("−", "-")) * factor) / divisor;
}
