import { AttuneError } from "../errors.ts";
import type { JsonValue } from "../space/json.ts";
import { didYouMean } from "../space/nearest-word.ts";

export interface NumberRange {
  readonly default: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Reads the options of one component, each by its name, and refuses what is ill-typed (AttuneError `invalid-argument`).
 * Call `done` after the last read: it refuses every option that was never asked for.
 */
export class OptionReader {
  readonly #owner: string;
  readonly #options: Readonly<Record<string, JsonValue>>;
  readonly #known: string[] = [];

  /** `owner` names the component in messages: `sampler grid`. */
  constructor(owner: string, options: Readonly<Record<string, JsonValue>>) {
    this.#owner = owner;
    this.#options = options;
  }

  boolean(name: string, fallback: boolean): boolean {
    const value = this.#read(name);
    if (value === undefined) return fallback;
    if (typeof value !== "boolean") throw this.#illTyped(name, value, "true or false");
    return value;
  }

  integer(name: string, range: NumberRange): number {
    const value = this.#read(name);
    if (value === undefined) return range.default;
    if (typeof value !== "number" || !Number.isInteger(value) || value < range.low || value > range.high)
      throw this.#illTyped(name, value, `a whole number from ${range.low} to ${range.high}`);
    return value;
  }

  /** A whole number that may be left out: then null. */
  count(name: string, range: Omit<NumberRange, "default">): number | null {
    return this.#read(name) === undefined ? null : this.integer(name, { ...range, default: range.low });
  }

  /** A text that may be left out: then null; `what` says in words what it takes. */
  text(name: string, what: string): string | null {
    const value = this.#read(name);
    if (value === undefined) return null;
    if (typeof value !== "string") throw this.#illTyped(name, value, what);
    return value;
  }

  /** A list of texts that may be left out: then null; `what` says in words what it takes. */
  texts(name: string, what: string): readonly string[] | null {
    const value = this.#read(name);
    if (value === undefined) return null;
    if (isList(value) && value.every((part) => typeof part === "string")) return value;
    throw this.#illTyped(name, value, what);
  }

  number(name: string, range: NumberRange): number {
    const value = this.#read(name);
    if (value === undefined) return range.default;
    if (typeof value !== "number" || !(value >= range.low && value <= range.high))
      throw this.#illTyped(name, value, `a number from ${range.low} to ${range.high}`);
    return value;
  }

  word<W extends string>(name: string, words: readonly W[], fallback: W): W {
    const value = this.#read(name);
    if (value === undefined) return fallback;
    const found = words.find((word) => word === value);
    if (found === undefined) throw this.#illTyped(name, value, `one of ${words.join(", ")}`);
    return found;
  }

  /** An object of anything, or `{}`; `what` says in words what it takes. */
  record(name: string, what: string): Readonly<Record<string, JsonValue>> {
    const value = this.#read(name);
    if (value === undefined) return {};
    if (typeof value !== "object" || value === null || isList(value)) throw this.#illTyped(name, value, what);
    return value;
  }

  /** Any value, null for none: for options that are read elsewhere. */
  json(name: string): JsonValue | null {
    return this.#read(name) ?? null;
  }

  /** The error for an option whose value cannot be used, for checks that this class does not know. */
  refuse(name: string, value: JsonValue, allowed: string): AttuneError {
    return this.#illTyped(name, value, allowed);
  }

  done(): void {
    for (const name of Object.keys(this.#options)) {
      if (this.#known.includes(name)) continue;
      const allowed =
        this.#known.length === 0 ? `${this.#owner} takes no options` : `allowed are ${this.#known.join(", ")}`;
      throw new AttuneError(
        "invalid-argument",
        `${this.#owner} has no option ${name}; ${allowed}.${didYouMean(name, this.#known)}`,
        {
          data: { option: name, allowed: [...this.#known] },
        },
      );
    }
  }

  #read(name: string): JsonValue | undefined {
    if (!this.#known.includes(name)) this.#known.push(name);
    return Object.hasOwn(this.#options, name) ? this.#options[name] : undefined;
  }

  #illTyped(name: string, value: JsonValue, allowed: string): AttuneError {
    const given = JSON.stringify(value);
    return new AttuneError("invalid-argument", `${this.#owner}: option ${name} is ${given}; it takes ${allowed}.`, {
      data: { option: name, value },
    });
  }
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
