import type { Spelled } from "./spelled.ts";
import { spelledText } from "./spelled-text.ts";

/** The field `spelling` of a parameter with these values, where there is one to keep. */
export function spellingOf(values: readonly Spelled[]): { readonly spelling?: readonly (string | null)[] } {
  const spelling = values.map(spelledText);
  return spelling.every((text) => text === null) ? {} : { spelling };
}
