import type { LinePattern } from "./line-pattern.ts";
import { readNumber } from "./read-number.ts";

/** What the user's expression says of a line: the last of its matches that holds a number, or null. */
export function readPattern(
  pattern: LinePattern,
  line: string,
): { readonly value: number; readonly step: number | null } | null {
  let found: ReturnType<typeof readPattern> = null;
  for (const { text, step } of pattern.matches(line)) {
    const value = text === null ? null : (readNumber(text.trim(), 0)?.value ?? null);
    if (value !== null) found = { value, step: stepIn(step) };
  }
  return found;
}

function stepIn(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
