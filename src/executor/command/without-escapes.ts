/** Colours and other sequences of a terminal (ECMA-48, section 5.4; OSC), and backspaces. */
const ESCAPE = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])|\x08/g;

/** A text without escape sequences, and where each of its characters stood. */
export interface PlainText {
  readonly plain: string;
  readonly offsets: (at: number) => number;
}

/** The text as a terminal shows it: a colour within a word does not make it another word. */
export function withoutEscapes(text: string): PlainText {
  if (!text.includes("\x1b") && !text.includes("\b")) return { plain: text, offsets: (at) => at };
  const pieces: string[] = [];
  /** Where each piece begins, in the plain text and in the whole. */
  const begins: (readonly [plain: number, whole: number])[] = [];
  let [length, at] = [0, 0];
  const keep = (until: number): void => {
    if (until <= at) return;
    begins.push([length, at]);
    pieces.push(text.slice(at, until));
    length += until - at;
  };
  for (const match of text.matchAll(ESCAPE)) {
    keep(match.index);
    at = match.index + match[0].length;
  }
  keep(text.length);
  return { plain: pieces.join(""), offsets: (place) => wholeOffset(begins, place) };
}

function wholeOffset(begins: readonly (readonly [plain: number, whole: number])[], place: number): number {
  let [low, high] = [0, begins.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (begins[middle]![0] <= place) low = middle;
    else high = middle - 1;
  }
  const [plain, whole] = begins[low] ?? [0, 0];
  return whole + place - plain;
}
