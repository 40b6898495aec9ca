const LOOKED_AT = 65_536;
/** Text has no zero bytes; one or two may be a progress bar's whim. */
const FEW = 2;

/** Tells binary data from text by zero bytes in the first 64 KiB of an output, which no text in UTF-8 or another byte encoding has. */
export class OutputNature {
  #bytes = 0;
  #zeros = 0;

  push(chunk: Buffer): void {
    if (this.#bytes >= LOOKED_AT) return;
    const end = Math.min(chunk.length, LOOKED_AT - this.#bytes);
    for (let at = chunk.indexOf(0); at >= 0 && at < end; at = chunk.indexOf(0, at + 1)) this.#zeros++;
    this.#bytes += end;
  }

  get binary(): boolean {
    return this.#zeros > FEW;
  }
}
