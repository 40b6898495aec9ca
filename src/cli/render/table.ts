import { clip } from "./clip.ts";
import { displayWidth } from "./display-width.ts";
import { oneLine } from "./one-line.ts";

/** One column: its heading and whether its cells stand at the right. */
export interface Column {
  readonly title: string;
  readonly align: "left" | "right";
}

/**
 * Lays rows out under their headings, two blanks between columns; a line is cut at `width` with an ellipsis
 * (Infinity: never). Line breaks within a cell become blanks.
 */
export function renderTable(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): string[] {
  const cells = [columns.map((column) => column.title), ...rows].map((row) => row.map(oneLine));
  const widths = columns.map((_, place) =>
    cells.reduce((most, row) => Math.max(most, displayWidth(row[place] ?? "")), 0),
  );
  return cells.map((row) => {
    const padded = columns.map((column, place) => pad(row[place] ?? "", widths[place] ?? 0, column.align));
    return clip(padded.join("  ").trimEnd(), width);
  });
}

function pad(text: string, width: number, align: Column["align"]): string {
  const blanks = " ".repeat(Math.max(0, width - displayWidth(text)));
  return align === "right" ? blanks + text : text + blanks;
}
