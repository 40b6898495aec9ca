import type { EventRow } from "./cached-study.ts";
import { compress, decompress } from "./compressed.ts";

/** JSON never holds one itself. */
const LINE_END = "\n";

/** A run of events that follow one another, compressed: a line for each, with the ms since the one before and its text as it was. */
export function packEvents(rows: readonly EventRow[]): Uint8Array {
  let before = 0;
  const lines = rows.map(({ at, body }) => {
    // A line end that somebody wrote between two members by hand.
    const line = `${at - before} ${body.includes(LINE_END) ? body.replaceAll(LINE_END, " ") : body}`;
    before = at;
    return line;
  });
  return compress(new TextEncoder().encode(lines.join(LINE_END)));
}

/** The rows of a run whose first has the revision `first`. SyntaxError for bytes that hold none. */
export function unpackEvents(body: Uint8Array, first: number): readonly EventRow[] {
  let at = 0;
  const plain = decompress(body);
  const lines = new TextDecoder().decode(plain).split(LINE_END);
  // Or the bytes of all runs that are read one after another wait for a collection.
  plain.buffer.transfer(0);
  return lines.map((line, k) => {
    const space = line.indexOf(" ");
    at += Number(line.slice(0, space));
    if (space < 1 || !Number.isSafeInteger(at)) throw new SyntaxError(`no event: ${line.slice(0, 60)}`);
    return { revision: first + k, at, body: line.slice(space + 1) };
  });
}
