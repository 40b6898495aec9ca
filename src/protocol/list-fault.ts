import type { NotationFault } from "./number-notation.ts";

const MEMBER =
  "(?:[A-Za-z_][\\w.]{0,40}\\()?[-+]?(?:\\d[\\d.]{0,25}|\\.\\d{1,25}|nan\\b|inf\\b)(?:[eE][-+]?\\d{1,3})?(?:\\s?[\\p{L}µ]{1,6}(?:/\\p{L}{1,4})?|%)?\\)?";
const SIGN = "[\\s:=]{1,4}";
/** `[0.1, 0.2]`, `(0.1, 0.2)`, `{'a': 0.1, 'b': 0.2}`, `[0.1,` at a line's end, `[np.float32(0.1), np.float32(0.2)]`, `array([0.1 0.2])`, `[2.6 ms 2.7 ms 2.8 ms]`. */
const LIST = new RegExp(
  `(?:[A-Za-z_][\\w.]{0,40}\\()?(?:[[(]{1,3}\\s{0,4}|\\{\\s{0,4}["']?[\\w -]{1,30}["']?${SIGN})${MEMBER}(?:\\s{0,4}[,;]\\s{0,4}(?:$|["']?[\\w -]{1,30}["']?${SIGN})?|\\s{1,4})(?:(?<=[,;]\\s{0,4})$|${MEMBER}[^\\])}]{0,200}[\\])}]?)`,
  "uy",
);

/**
 * A list of several numbers where one was looked for: no value. It may as well be a history of values that were printed before, so
 * that it puts in doubt only what is said of a metric with other words.
 */
export function listFault(text: string, at: number): NotationFault | null {
  LIST.lastIndex = at;
  const found = LIST.exec(text)?.[0];
  return found === undefined ? null : { text: found, why: "a list of several numbers", sure: false, list: true };
}
