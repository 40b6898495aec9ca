import { withoutEscapes } from "../executor/command/without-escapes.ts";
import { oneLine } from "./one-line.ts";

/** A text of a program on one line: line breaks and tabs as blanks, escape sequences and other control characters left out. */
export function plainLine(text: string): string {
  return oneLine(withoutEscapes(text).plain).replace(/[\u0000-\u001f\u007f-\u009f]/g, "");
}
