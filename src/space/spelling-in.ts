import type { Spelled } from "./spelled.ts";
import { spellingOf } from "./spelling-of.ts";
import { writtenMember } from "./written-numbers.ts";

/** The field `spelling` of a parameter whose values are a list in a file. */
export function spellingIn(container: object, key: string): ReturnType<typeof spellingOf> {
  const list = writtenMember(container, key);
  return Array.isArray(list) ? spellingOf(list as readonly Spelled[]) : {};
}
