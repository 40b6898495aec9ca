/** Lines of an output, numbered from 1, that stand under a heading such as `=== Summary ===`, both ends included. */
export interface SummaryLines {
  readonly first: number;
  readonly last: number;
}

const SUMMARY =
  /^\s*(?:[=#*~<>[─━-]+\s*)?(?:(?:final|overall|test|run|training|evaluation)\s+)?(?:summary|results?)(?:\s*[=#*~<>\]─━-]+|\s*:)?\s*$/i;
/** A heading that is set off: `=== Adapter 1 ===`, `# Details`. */
const HEADING = /^\s*(?:([=*~─━-])\1{1,}\s*\p{L}.{0,60}?\s*\1{2,}|#{1,4}\s+\p{L}.{0,60})\s*$/u;

/** Where the last summary of an output stands: from its heading to the next one. Null when it has none with a number in it. */
export function summaryLines(output: Buffer): SummaryLines | null {
  const lines = output.toString("latin1").split("\n");
  const head = lines.findLastIndex((line) => line.length < 100 && SUMMARY.test(line));
  if (head < 0) return null;
  const next = lines.findIndex((line, index) => index > head + 1 && line.length < 100 && HEADING.test(line));
  const end = next < 0 ? lines.length : next;
  return lines.slice(head + 1, end).some((line) => /\d/.test(line)) ? { first: head + 2, last: end } : null;
}
