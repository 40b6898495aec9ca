import { OWN_STYLE } from "./own-style.ts";
import { visibleText } from "./visible-text.ts";

/** Letters that take two columns: East Asian wide and fullwidth ones, emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Letters that take none: combining marks, joiners, variation selectors. */
const NONE = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** Columns a text takes on a terminal once it is shown: colours not counted, control characters as they are written out. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const letter of visibleText(text.replace(OWN_STYLE, ""))) width += letterWidth(letter);
  return width;
}

function letterWidth(letter: string): number {
  if (letter < "\u0300") return 1;
  if (NONE.test(letter)) return 0;
  return WIDE.test(letter) ? 2 : 1;
}
