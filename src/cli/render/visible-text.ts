import { HIDDEN } from "../../protocol/hidden-characters.ts";

const TAB = "    ";

/**
 * A text for people, with what a terminal would obey written out: `\x1b` for an escape, `\u202e` for a character that turns the
 * direction. Line breaks stay, tabs become blanks.
 *
 * @example
 * visibleText("\u001b]52;c;eA\u0007"); // "\\x1b]52;c;eA\\x07"
 */
export function visibleText(text: string): string {
  return text.replace(HIDDEN, (char) => (char === "\t" ? TAB : escaped(char)));
}

function escaped(char: string): string {
  const code = char.charCodeAt(0).toString(16);
  return code.length > 2 ? `\\u${code.padStart(4, "0")}` : `\\x${code.padStart(2, "0")}`;
}
