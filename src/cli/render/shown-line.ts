import { withoutSecrets } from "../secrets.ts";
import { OWN_STYLE } from "./own-style.ts";
import { visibleText } from "./visible-text.ts";

/** A line as people get it: secrets taken out, the tuner's own colours in, all other control characters made visible. */
export function shownLine(line: string): string {
  return visibleLine(withoutSecrets(line));
}

/** The same with the secrets that it holds. */
export function visibleLine(line: string): string {
  // Every other part is the number of a style.
  return line
    .split(OWN_STYLE)
    .map((part, place) => (place % 2 === 1 ? `\u001b[${part}m` : visibleText(part)))
    .join("");
}
