import { displayWidth } from "./display-width.ts";

/** Cuts a line to `width` columns, the last one an ellipsis; colours that were on are ended. */
export function clip(line: string, width: number): string {
  if (displayWidth(line) <= width) return line;
  let [cut, taken, styled] = ["", 0, false];
  for (const [part] of line.matchAll(/\u001b\[[\d;]*m|[\s\S]/gu)) {
    if (part.length > 2) {
      cut += part;
      styled = true;
      continue;
    }
    taken += displayWidth(part);
    if (taken > width - 1) break;
    cut += part;
  }
  return `${cut}${width > 0 ? "…" : ""}${styled ? "\u001b[0m" : ""}`;
}
