import { UNSIGNED } from "../space/number-text.ts";
import type { NotationFault } from "./number-notation.ts";

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

interface Unit {
  readonly kind: "s" | "B";
  /** Divided by where it is below one, so that 12.3 ms is exactly 0.0123 s. */
  readonly factor: number;
  readonly divisor: number;
}

function time(factor: number, divisor = 1): Unit {
  return { kind: "s", factor, divisor };
}

function size(factor: number): Unit {
  return { kind: "B", factor, divisor: 1 };
}

const [NS, US, MS, SEC, MIN, HOUR, DAY] = [
  time(1, 1e9),
  time(1, 1e6),
  time(1, 1e3),
  time(1),
  time(60),
  time(3600),
  time(86_400),
];

/** Units in these very letters. */
const SYMBOLS: Readonly<Record<string, Unit>> = {
  ns: NS,
  us: US,
  µs: US,
  μs: US,
  ms: MS,
  s: SEC,
  min: MIN,
  h: HOUR,
  B: size(1),
  kB: size(1e3),
  KB: size(1e3),
  MB: size(1e6),
  GB: size(1e9),
  TB: size(1e12),
  KiB: size(1024),
  MiB: size(1_048_576),
  GiB: size(1_073_741_824),
  TiB: size(1_099_511_627_776),
};

/** Words for them, in any capitals. */
const WORDS: Readonly<Record<string, Unit>> = {
  ...words(NS, "nsec", "nanosecond"),
  ...words(US, "usec", "µsec", "μsec", "microsecond"),
  ...words(MS, "msec", "millisecond"),
  ...words(SEC, "sec", "second"),
  ...words(MIN, "minute", "mins"),
  ...words(HOUR, "hr", "hour"),
  ...words(DAY, "day"),
  ...words(size(1), "byte"),
};

function words(unit: Unit, ...names: readonly string[]): Readonly<Record<string, Unit>> {
  return Object.fromEntries(names.flatMap((name) => [name, `${name}s`]).map((name) => [name, unit]));
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
const PART_LETTERS: Readonly<Record<string, Unit>> = { d: DAY, m: MIN };
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
  const unit = unitOf(letters);
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
    const unit = PART_LETTERS[letters] ?? unitOf(letters);
    // From the larger to the smaller: anything else is no duration.
    if (unit === null || unit.factor / unit.divisor >= before) return null;
    before = unit.factor / unit.divisor;
    value += converted(number, unit);
  }
  const end = at + whole.length;
  return { value, unit: "s", numberEnd: end, end };
}

function unitOf(letters: string): Unit | null {
  if (Object.hasOwn(SYMBOLS, letters)) return SYMBOLS[letters]!;
  const word = letters.toLowerCase();
  return word.length > 1 && Object.hasOwn(WORDS, word) ? WORDS[word]! : null;
}

function converted(number: string, { factor, divisor }: Unit): number {
  return (Number(number.replace("−", "-")) * factor) / divisor;
}
