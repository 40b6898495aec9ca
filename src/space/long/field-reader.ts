import type { AttuneError, SourcePosition } from "../../errors.ts";
import type { JsonValue } from "../json.ts";
import { toJsonValue } from "../json-value.ts";
import { didYouMean } from "../nearest-word.ts";
import { numberIn } from "../number-text.ts";
import { spaceError } from "../space-error.ts";

export type Path = readonly (string | number)[];

/** Where the value at a path of the file was written. */
export type Locate = (path: Path) => SourcePosition | null;

export type Mapping = Readonly<Record<string, unknown>>;

export function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  const text = JSON.stringify(toJsonValue(value)) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}

/** Reads typed fields of one definition; every error names the parameter and has the field's position. */
export class FieldReader {
  readonly fields: Mapping;
  readonly path: Path;
  readonly #name: string;
  readonly #locate: Locate;

  constructor(fields: Mapping, name: string, path: Path, locate: Locate) {
    this.fields = fields;
    this.path = path;
    this.#name = name;
    this.#locate = locate;
  }

  has(key: string): boolean {
    return Object.hasOwn(this.fields, key) && this.fields[key] !== undefined;
  }

  /** The position of a field, or of the whole definition when it has none. */
  position(key: string): SourcePosition | null {
    return this.#locate(this.has(key) ? [...this.path, key] : this.path);
  }

  error(key: string, message: string): AttuneError {
    return spaceError(`Parameter ${JSON.stringify(this.#name)}: ${message}`, this.position(key));
  }

  allowOnly(keys: readonly string[]): void {
    for (const key of Object.keys(this.fields)) {
      if (keys.includes(key)) continue;
      throw this.error(
        key,
        `${JSON.stringify(key)} is no field here; allowed: ${keys.join(", ")}.${didYouMean(key, keys)}`,
      );
    }
  }

  /** The first of the keys that is given; two of them contradict each other. */
  oneOf(...keys: readonly string[]): string | null {
    const given = keys.filter((key) => this.has(key));
    if (given.length > 1) throw this.error(given[1]!, `${given.join(" and ")} say the same; give one of them.`);
    return given[0] ?? null;
  }

  number(key: string): number {
    const value = this.fields[key];
    if (typeof value === "number") return value + 0;
    // YAML 1.2 readers take 1e-5 for a number, older ones for a text.
    const number = numberIn(value);
    if (number !== null) return number;
    if (!this.has(key)) throw this.error(key, `${key} is missing; give low and high.`);
    throw this.error(key, `${key} is ${shown(value)}; give a number.`);
  }

  optionalNumber(key: string | null): number | null {
    return key === null || !this.has(key) || this.fields[key] === null ? null : this.number(key);
  }

  flag(key: string): boolean {
    const value = this.fields[key] ?? false;
    if (typeof value !== "boolean") throw this.error(key, `${key} is ${shown(value)}; give true or false.`);
    return value;
  }

  text(key: string): string | undefined {
    if (!this.has(key)) return undefined;
    const value = this.fields[key];
    if (typeof value !== "string") throw this.error(key, `${key} is ${shown(value)}; give a text.`);
    return value;
  }

  json(key: string): JsonValue {
    const value = toJsonValue(this.fields[key]);
    if (value !== undefined) return value;
    throw this.error(
      key,
      `${key} is a value that JSON cannot hold; give null, true, false, a number, a text, or lists and mappings of these.`,
    );
  }

  list(key: string): readonly JsonValue[] {
    const value = this.json(key);
    if (!Array.isArray(value)) throw this.error(key, `${key} is ${shown(value)}; give a list.`);
    return value as readonly JsonValue[];
  }
}
