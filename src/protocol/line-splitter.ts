/** Longest line read as a whole, in bytes; what is longer is read in pieces cut at a blank. */
export const MAX_LINE_BYTES = 65_536;

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;

/**
 * Cuts a stream of bytes into lines at `\n` and `\r` (progress bars), whatever the chunks. Holds back at most
 * {@link MAX_LINE_BYTES}; never cuts a UTF-8 character, because line ends and blanks are ASCII.
 */
export class LineSplitter {
  readonly #onLine: (line: Buffer) => void;
  #held: Buffer[] = [];
  #heldBytes = 0;
  readonly #blanks: boolean;
  /** Whether the last line end was a `\r`, and one that ended nothing. */
  #behindReturn: "no" | "line" | "nothing" = "no";

  /** `blanks`: whether empty lines are lines too; `\r\n` is one line end. */
  constructor(onLine: (line: Buffer) => void, blanks = false) {
    this.#onLine = onLine;
    this.#blanks = blanks;
  }

  push(chunk: Buffer): void {
    let from = 0;
    for (let end = nextLineEnd(chunk, 0); end >= 0; end = nextLineEnd(chunk, from)) {
      this.#emit(chunk.subarray(from, end), chunk[end]);
      from = end + 1;
    }
    this.#hold(chunk.subarray(from));
  }

  /**
   * Takes a chunk of which only its first and its last line matter: the lines between are dropped unread, unless the first
   * one makes them matter after all (`needAll`).
   */
  pushEdges(chunk: Buffer, needAll: () => boolean): void {
    const first = nextLineEnd(chunk, 0);
    if (first < 0) {
      this.#hold(chunk);
      return;
    }
    this.#emit(chunk.subarray(0, first), chunk[first]);
    if (needAll()) {
      this.push(chunk.subarray(first + 1));
      return;
    }
    const last = Math.max(chunk.lastIndexOf(LF), chunk.lastIndexOf(CR));
    this.#hold(chunk.subarray(last + 1));
  }

  /** The stream is over: what is held is the last line. */
  end(): void {
    this.#emit(Buffer.alloc(0));
  }

  /** What is held of a line that has no end yet. */
  held(): Buffer {
    return Buffer.concat(this.#held);
  }

  #emit(rest: Buffer, end?: number): void {
    if (this.#blanks) this.#countBlank(this.#heldBytes + rest.length === 0, end);
    if (this.#heldBytes === 0) {
      this.#pieces(rest);
      return;
    }
    const line = Buffer.concat([...this.#held, rest]);
    this.#held = [];
    this.#heldBytes = 0;
    this.#pieces(line);
  }

  #countBlank(empty: boolean, end: number | undefined): void {
    const blank = empty && end === LF && this.#behindReturn !== "line";
    this.#behindReturn = end !== CR ? "no" : empty ? "nothing" : "line";
    if (blank) this.#onLine(Buffer.alloc(0));
  }

  #pieces(line: Buffer): void {
    const rest = this.#shortened(line);
    if (rest.length > 0) this.#onLine(rest);
  }

  /** What is left of a line when it has been handed on down to the longest that is read as a whole. */
  #shortened(line: Buffer): Buffer {
    let rest = line;
    while (rest.length > MAX_LINE_BYTES) {
      const cut = cutAt(rest);
      this.#onLine(rest.subarray(0, cut));
      rest = rest.subarray(cut);
    }
    return rest;
  }

  #hold(rest: Buffer): void {
    if (rest.length === 0) return;
    // A copy: the chunk may be a view of a large pool that would be kept alive.
    this.#held.push(Buffer.from(rest));
    this.#heldBytes += rest.length;
    if (this.#heldBytes <= MAX_LINE_BYTES) return;
    const line = this.#shortened(Buffer.concat(this.#held));
    this.#held = [line];
    this.#heldBytes = line.length;
  }
}

function nextLineEnd(chunk: Buffer, from: number): number {
  const lf = chunk.indexOf(LF, from);
  const cr = (lf < 0 ? chunk.subarray(from) : chunk.subarray(from, lf)).indexOf(CR);
  return cr < 0 ? lf : from + cr;
}

/** Behind the last blank of the first MAX_LINE_BYTES, so that a number is not cut in two. */
function cutAt(line: Buffer): number {
  const blank = line.lastIndexOf(SPACE, MAX_LINE_BYTES - 1);
  return blank > 0 ? blank + 1 : MAX_LINE_BYTES;
}
