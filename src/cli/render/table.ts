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
    cells.reduce((most, row) => Math.max(most, [...(row[place] ?? "")].length), 0),
  );
  return cells.map((row) => {
    const padded = columns.map((column, place) => pad(row[place] ?? "", widths[place] ?? 0, column.align));
    return clip(padded.join("  ").trimEnd(), width);
  });
}

/** Cuts a line to `width` characters, the last one an ellipsis. */
export function clip(line: string, width: number): string {
  const letters = [...line];
  return letters.length <= width ? line : `${letters.slice(0, Math.max(0, width - 1)).join("")}…`;
}

function pad(text: string, width: number, align: Column["align"]): string {
  const blanks = " ".repeat(Math.max(0, width - [...text].length));
  return align === "right" ? blanks + text : text + blanks;
}

function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, " ");
}
