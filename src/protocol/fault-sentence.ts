import type { NotationFault } from "./number-notation.ts";

/** Longest text that is quoted. */
const MAX_QUOTED = 60;

/** What was printed in place of a number, and what it is: `0,5`, a number with a decimal comma, ... */
export function faultSentence({ text, why }: NotationFault): string {
  const quoted = text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text;
  return `\`${quoted}\`, ${why}`;
}
