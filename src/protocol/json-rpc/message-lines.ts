import { AttuneError } from "../../errors.ts";

/** Longest line taken, in bytes: a history of 100,000 trials fits many times. */
export const MAX_MESSAGE_BYTES = 268_435_456;

const LF = 0x0a;

/** Cuts a stream of bytes into lines of UTF-8 at `\n`; an empty line is none. AttuneError `unsupported` for one that is too long. */
export class MessageLines {
  readonly #onLine: (line: string) => void;
  #held: Buffer[] = [];
  #bytes = 0;

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  push(chunk: Buffer): void {
    let from = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, from)) {
      this.#hold(chunk.subarray(from, end));
      this.#emit();
      from = end + 1;
    }
    if (from < chunk.length) this.#hold(chunk.subarray(from));
  }

  /** The stream is over: what is held is the last line. */
  end(): void {
    this.#emit();
  }

  #hold(part: Buffer): void {
    this.#bytes += part.length;
    if (this.#bytes > MAX_MESSAGE_BYTES)
      throw new AttuneError(
        "unsupported",
        `A line is longer than ${MAX_MESSAGE_BYTES} bytes; end each message with a line feed.`,
      );
    this.#held.push(part);
  }

  #emit(): void {
    const line = Buffer.concat(this.#held).toString("utf8").trim();
    this.#held = [];
    this.#bytes = 0;
    if (line !== "") this.#onLine(line);
  }
}
