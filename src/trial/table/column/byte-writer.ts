const encoder = new TextEncoder();

/** Bytes that grow as they are written; numbers are little-endian. */
export class ByteWriter {
  #bytes = new Uint8Array(4_096);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  byte(value: number): void {
    this.#room(1);
    this.#bytes[this.#length++] = value;
  }

  uint32(value: number): void {
    this.#room(4);
    this.#view.setUint32(this.#length, value, true);
    this.#length += 4;
  }

  float64(value: number): void {
    this.#room(8);
    this.#view.setFloat64(this.#length, value, true);
    this.#length += 8;
  }

  /** Finite numbers as they are, all else as no number; answers whether there was any such. */
  float64s(values: readonly unknown[]): boolean {
    this.#room(8 * values.length);
    let others = false;
    for (const value of values) {
      const finite = typeof value === "number" && Number.isFinite(value);
      if (!finite) others = true;
      this.#view.setFloat64(this.#length, finite ? value : Number.NaN, true);
      this.#length += 8;
    }
    return others;
  }

  /** A whole number from 0 in 1, 2 or 4 bytes. */
  uint(value: number, width: number): void {
    this.#room(4);
    if (width === 1) this.#bytes[this.#length] = value;
    else if (width === 2) this.#view.setUint16(this.#length, value, true);
    else this.#view.setUint32(this.#length, value, true);
    this.#length += width;
  }

  /** In UTF-8, after its length in bytes. */
  text(value: string): void {
    const bytes = encoder.encode(value);
    this.uint32(bytes.length);
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  bytes(value: Uint8Array): void {
    this.#room(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
  }

  /** What `write` writes, after its length in bytes. */
  framed<T>(write: () => T): T {
    const start = this.#length;
    this.uint32(0);
    const result = write();
    this.#view.setUint32(start, this.#length - start - 4, true);
    return result;
  }

  /** Takes back all that was written after that length. */
  cutTo(length: number): void {
    this.#length = length;
  }

  /** A copy of what was written, and of `more` behind it, in memory that threads can share where there is such. */
  finish(more: readonly Uint8Array[] = []): Uint8Array {
    const bytes = new Uint8Array(sharedBuffer(more.reduce((sum, { length }) => sum + length, this.#length)));
    bytes.set(this.#bytes.subarray(0, this.#length));
    let at = this.#length;
    for (const one of more) {
      bytes.set(one, at);
      at += one.length;
    }
    return bytes;
  }

  #room(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const wider = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + more));
    wider.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = wider;
    this.#view = new DataView(wider.buffer);
  }
}

/** Browsers have shared memory on isolated pages alone. */
function sharedBuffer(length: number): ArrayBufferLike {
  return typeof SharedArrayBuffer === "undefined" ? new ArrayBuffer(length) : new SharedArrayBuffer(length);
}
