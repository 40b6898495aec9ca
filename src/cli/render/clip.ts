import { withoutSecrets } from "../secrets.ts";
import { displayWidth } from "./display-width.ts";
import { OWN_STYLE, ownStyle } from "./own-style.ts";

const PARTS = new RegExp(`${OWN_STYLE.source}|[\\s\\S]`, "gu");

/** Cuts a line to `width` columns, the last one an ellipsis; colours that were on are ended, and no secret is cut in two. */
export function clip(line: string, width: number): string {
  if (displayWidth(line) <= width) return line;
  const clean = withoutSecrets(line);
  return displayWidth(clean) <= width ? clean : cutAt(clean, width);
}

function cutAt(line: string, width: number): string {
  let [cut, taken, styled] = ["", 0, false];
  for (const [part] of line.matchAll(PARTS)) {
    if (part.length > 2) {
      cut += part;
      styled = true;
      continue;
    }
    taken += displayWidth(part);
    if (taken > width - 1) break;
    cut += part;
  }
  return `${cut}${width > 0 ? "…" : ""}${styled ? ownStyle(0) : ""}`;
}
