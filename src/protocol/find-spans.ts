/** Where a cell stands on its line. */
export interface Span {
  readonly at: number;
  readonly end: number;
  readonly text: string;
}

/** The cells of a line that blanks part, two or more of them (`columns`) or any (`words`). */
export function findSpans(line: string, split: "columns" | "words"): readonly Span[] {
  const pattern = split === "columns" ? /\S+(?:\s\S+)*/g : /\S+/g;
  return [...line.matchAll(pattern)].map(({ 0: text, index }) => ({ at: index, end: index + text.length, text }));
}

/** True when one stands above the other, if only by a column. */
export function overlap(a: Span, b: Span): boolean {
  return a.at < b.end && b.at < a.end;
}
