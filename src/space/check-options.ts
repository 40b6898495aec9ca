import { AttuneError } from "../errors.ts";
import { didYouMean } from "./nearest-word.ts";
import { shownValue } from "./shown-value.ts";

/** What an option takes. */
export interface OptionKind {
  /** In words: `a whole number from 1 up`. */
  readonly takes: string;
  fits(value: unknown): boolean;
}

/** Kinds of options, for tables of them. */
export const OPTION: {
  readonly [K in
    | "text"
    | "yesOrNo"
    | "number"
    | "nonNegative"
    | "positive"
    | "whole"
    | "wholeFrom1"
    | "list"
    | "record"
    | "function"
    | "signal"]: OptionKind;
} = {
  text: { takes: "a text", fits: (value) => typeof value === "string" },
  yesOrNo: { takes: "true or false", fits: (value) => typeof value === "boolean" },
  number: { takes: "a finite number", fits: Number.isFinite },
  nonNegative: { takes: "a number from 0 up", fits: (value) => typeof value === "number" && value >= 0 },
  positive: { takes: "a finite number above 0", fits: (value) => Number.isFinite(value) && Number(value) > 0 },
  whole: { takes: "a whole number from 0 up", fits: (value) => Number.isSafeInteger(value) && Number(value) >= 0 },
  wholeFrom1: { takes: "a whole number from 1 up", fits: (value) => Number.isSafeInteger(value) && Number(value) >= 1 },
  list: { takes: "a list", fits: Array.isArray },
  record: { takes: "an object", fits: isRecord },
  function: { takes: "a function", fits: (value) => typeof value === "function" },
  signal: { takes: "an AbortSignal", fits: (value) => value instanceof AbortSignal },
};

/** The options of one call: each with what it takes. */
export type OptionKinds<O> = { readonly [K in keyof Required<O>]: OptionKind };

/**
 * Refuses an option that there is none of, with the nearest word, and one of the wrong kind; what is `undefined` was not given.
 *
 * @param owner - what takes the options, as its user wrote it: `study.optimize`.
 * @throws AttuneError `invalid-argument`.
 */
export function checkOptions<O>(owner: string, given: unknown, kinds: OptionKinds<O>): void {
  if (!isRecord(given)) {
    const any = Object.keys(kinds).join(", ");
    const message = `The options of ${owner} are ${shownValue(given)}; give an object with any of ${any}.`;
    throw new AttuneError("invalid-argument", message);
  }
  for (const name of Object.keys(given)) {
    const value = given[name];
    const kind = Object.hasOwn(kinds, name) ? kinds[name as keyof O] : undefined;
    if (kind === undefined) {
      const names = Object.keys(kinds);
      const message = `${owner} has no option ${name}; allowed are ${names.join(", ")}.${didYouMean(name, names)}`;
      throw new AttuneError("invalid-argument", message, { data: { option: name, allowed: names } });
    }
    if (value === undefined || kind.fits(value)) continue;
    const message = `${owner}: ${name} is ${shownOption(value)}; give ${kind.takes}.`;
    throw new AttuneError("invalid-argument", message, { data: { option: name } });
  }
}

/** The same kind, or null. */
export function orNull({ takes, fits }: OptionKind): OptionKind {
  return { takes: `${takes}, or null`, fits: (value) => value === null || fits(value) };
}

/** Either of two kinds. */
export function either(a: OptionKind, b: OptionKind): OptionKind {
  return { takes: `${a.takes} or ${b.takes}`, fits: (value) => a.fits(value) || b.fits(value) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shownOption(value: unknown): string {
  return typeof value === "number" ? String(value) : shownValue(value);
}
