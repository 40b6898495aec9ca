import { randomInt } from "node:crypto";

/** Stands in every style of this process's own until it is written; nobody else's text can hold it. */
const SIGN = String(randomInt(10 ** 11, 10 ** 12));

/** Styles of the tuner's own, by which they are told from those in a program's texts; the first group is the style's number. */
export const OWN_STYLE = new RegExp(`\\u001b\\[(\\d+);${SIGN}m`, "g");

/** What begins or ends a style (ECMA-48, SGR) within a line that `shownLine` will show. */
export function ownStyle(code: number): string {
  return `\u001b[${code};${SIGN}m`;
}
