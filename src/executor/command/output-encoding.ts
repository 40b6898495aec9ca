/** What a program's output is, where it is no text that can be read: told from its first bytes. */
export type Unreadable = "binary data";

const LOOKED_AT = 65_536;
/** Text has no zero bytes; one or two may be a progress bar's whim. */
const FEW = 2;

/** Looks at the first 64 KiB of an output for zero bytes, which no text but UTF-16 has. */
export class OutputEncoding {
  #bytes = 0;
  readonly #zeros: [even: number, odd: number] = [0, 0];

  push(chunk: Buffer): void {
    if (this.#bytes >= LOOKED_AT) return;
    const end = Math.min(chunk.length, LOOKED_AT - this.#bytes);
    for (let at = chunk.indexOf(0); at >= 0 && at < end; at = chunk.indexOf(0, at + 1)) {
      this.#zeros[(this.#bytes + at) % 2 === 0 ? 0 : 1]++;
    }
    this.#bytes += end;
  }

  /** Null for text. */
  get unreadable(): Unreadable | null {
    const [even, odd] = this.#zeros;
    if (even + odd <= FEW) return null;
    // In UTF-16, which is read, every other byte of plain letters is zero.
    const [more, fewer] = even > odd ? [even, odd] : [odd, even];
    return more * 4 > this.#bytes && fewer * 20 < more ? null : "binary data";
  }
}
