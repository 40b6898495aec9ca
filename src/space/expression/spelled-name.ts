/** Words that an expression gives a meaning of their own. */
export const EXPRESSION_WORDS: ReadonlySet<string> = new Set([
  "and",
  "or",
  "not",
  "in",
  "within",
  "true",
  "false",
  "null",
]);

const PLAIN_NAME = /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}\p{N}_]+)*$/u;

/** A parameter's name as expressions write it: in backticks where it would be read as something else. */
export function spelledName(name: string): string {
  return PLAIN_NAME.test(name) && !EXPRESSION_WORDS.has(name) ? name : `\`${name}\``;
}
