import { AttuneError, type SourcePosition } from "../../errors.ts";
import { numberIn } from "../../space/number-text.ts";
import { parseDuration } from "../../study/duration.ts";
import type { LocatedYaml, YamlPath } from "../study/read-study-file.ts";

/** One value the user gave, with the word it was given under (`--trials`, `trials`) and where it stands. */
export interface GivenSetting {
  readonly value: unknown;
  readonly label: string;
  readonly position: SourcePosition | null;
  /** The text with all its places, where it came from YAML, and the way to the value in it. */
  readonly source?: LocatedYaml;
  readonly path?: YamlPath;
}

/** The error for a setting that cannot be used: what was given, what is allowed. */
export function badSetting(setting: GivenSetting, allowed: string): AttuneError {
  const { position } = setting;
  const message = `${setting.label} is ${shown(setting.value)}; ${allowed}`;
  return position === null
    ? new AttuneError("invalid-argument", message)
    : new AttuneError("invalid-file", message, { position });
}

/** A name: any text that is not empty and holds no control characters. */
export function readName(setting: GivenSetting, allowed = "give a name."): string {
  const value = typeof setting.value === "number" ? String(setting.value) : setting.value;
  if (typeof value === "string" && value.trim() !== "" && !/[\u0000-\u001f\u007f]/.test(value)) return value.trim();
  throw badSetting(setting, allowed);
}

/** A whole number from `low` up to 2^53 - 1. */
export function readCount(setting: GivenSetting, low: number): number {
  const { value } = setting;
  const number = typeof value === "string" && /^\s*\d+\s*$/.test(value) ? Number(value) : value;
  if (typeof number === "number" && Number.isSafeInteger(number) && number >= low) return number;
  throw badSetting(setting, `give a whole number from ${low} up.`);
}

/** Any finite number; `allowed` is said of anything else. */
export function readNumber(setting: GivenSetting, allowed = "give a number."): number {
  const number = numberIn(setting.value);
  if (number !== null) return number;
  throw badSetting(setting, allowed);
}

/** A time in seconds, from plain seconds or `30s`, `10m`, `2h`. */
export function readDuration(setting: GivenSetting): number {
  const { value } = setting;
  const seconds = typeof value === "number" ? value : typeof value === "string" ? parseDuration(value) : null;
  if (seconds !== null && Number.isFinite(seconds) && seconds >= 0) return seconds;
  throw badSetting(setting, "give a time in seconds, or with a unit: 90, 30s, 10m, 2h, 1h30m.");
}

/** A size in bytes, from plain bytes or `500MB`, `8GiB`. */
export function readSize(setting: GivenSetting, low: number): number {
  const { value } = setting;
  const bytes = typeof value === "number" || typeof value === "string" ? parseSize(String(value)) : null;
  if (bytes !== null && bytes >= low) return bytes;
  throw badSetting(setting, "give a size in bytes, or with a unit: 500MB, 8GB, 16GiB.");
}

/** Yes or no. */
export function readFlag(setting: GivenSetting): boolean {
  if (typeof setting.value === "boolean") return setting.value;
  throw badSetting(setting, "give true or false.");
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return "empty";
  return typeof value === "string" ? `"${value}"` : JSON.stringify(value);
}

const UNITS: Readonly<Record<string, number>> = {
  "": 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  k: 2 ** 10,
  m: 2 ** 20,
  g: 2 ** 30,
  t: 2 ** 40,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
};

/**
 * Reads a size in bytes: `500MB`, `8GB` (powers of 1000), `8GiB` or `8G` (powers of 1024), or plain bytes. Null for anything else.
 */
export function parseSize(text: string): number | null {
  const [, amount, unit] = /^\s*(\d+(?:\.\d*)?|\.\d+)\s*([a-z]*)\s*$/i.exec(text) ?? [];
  const factor = unit === undefined ? undefined : UNITS[unit.toLowerCase()];
  if (amount === undefined || factor === undefined) return null;
  const bytes = Math.round(Number(amount) * factor);
  return Number.isSafeInteger(bytes) ? bytes : null;
}
