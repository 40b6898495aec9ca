/** Bytes needed to tell UTF-16 from everything else. */
const LOOK_BYTES = 4;

/** Turns output in UTF-16 (PowerShell, some Windows programs) into UTF-8; all other output passes untouched. */
export class Utf16Decoder {
  #start: Buffer | null = Buffer.alloc(0);
  #decoder: TextDecoder | null = null;

  /** The chunk as UTF-8, or empty while the first bytes are still too few to tell. */
  decode(chunk: Buffer): Buffer {
    if (this.#start !== null) {
      const start: Buffer = this.#start.length === 0 ? chunk : Buffer.concat([this.#start, chunk]);
      if (start.length < LOOK_BYTES) {
        this.#start = Buffer.from(start);
        return Buffer.alloc(0);
      }
      const encoding = encodingOf(start);
      this.#start = null;
      this.#decoder = encoding === null ? null : new TextDecoder(encoding);
      return this.#convert(start);
    }
    return this.#convert(chunk);
  }

  /** What was held back, at the end of the output. */
  end(): Buffer {
    const rest = this.#start ?? Buffer.from(this.#decoder?.decode() ?? "");
    this.#start = null;
    return rest;
  }

  #convert(bytes: Buffer): Buffer {
    return this.#decoder === null ? bytes : Buffer.from(this.#decoder.decode(bytes, { stream: true }));
  }
}

/** By the mark at the beginning, or by zeros beside printable ASCII. */
function encodingOf(start: Buffer): "utf-16le" | "utf-16be" | null {
  const [a, b, c, d] = start as unknown as readonly [number, number, number, number];
  if ((a === 0xff && b === 0xfe) || (isText(a) && b === 0 && isText(c) && d === 0)) return "utf-16le";
  if ((a === 0xfe && b === 0xff) || (a === 0 && isText(b) && c === 0 && isText(d))) return "utf-16be";
  return null;
}

function isText(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || (byte >= 0x09 && byte <= 0x0d);
}
