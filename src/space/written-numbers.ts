import type { JsonValue } from "./json.ts";
import type { Spelled } from "./spelled.ts";
import { isNumberText, spelledNumber } from "./text/parse-text-value.ts";

/** Texts of the numbers in a list or mapping that was read out of a file, by index or key; gone with it. */
const written = new WeakMap<object, ReadonlyMap<string, string>>();

/** Keeps how the numbers of a list or mapping stood in the file it was read from, for {@link writtenMember}. */
export function noteWritten(container: object, texts: ReadonlyMap<string, string>): void {
  if (texts.size > 0) written.set(container, texts);
}

/** The same for a copy of a mapping. */
export function copyWritten(from: object, to: object): void {
  noteWritten(to, written.get(from) ?? new Map());
}

/** A member of a list or mapping, its numbers as they stood in the file. */
export function writtenMember(container: object, key: string): Spelled {
  const value = (container as Readonly<Record<string, JsonValue>>)[key]!;
  if (typeof value === "number") {
    const text = written.get(container)?.get(key);
    return text !== undefined && isNumberText(text) ? spelledNumber(value, text) : value;
  }
  if (typeof value !== "object" || value === null) return value;
  const members = Object.keys(value).map((inner) => [inner, writtenMember(value, inner)] as const);
  return Array.isArray(value) ? members.map(([, item]) => item) : Object.fromEntries(members);
}
