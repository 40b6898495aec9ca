import { maskedCrc32c } from "./crc32c.ts";
import { readScalars, type TensorboardEvent } from "./read-scalars.ts";

const HEAD_BYTES = 12;
const TAIL_BYTES = 4;
/** Larger records are images and graphs; a length above this is a broken file. */
const MAX_RECORD_BYTES = 268_435_456;

/**
 * Cuts an event file into its records as it grows. A TFRecord is a length (8 bytes), its checksum (4), the data and its
 * checksum (4). A checksum that is wrong ends the reading: nothing behind it can be trusted.
 */
export class EventStream {
  readonly #onEvent: (event: TensorboardEvent) => void;
  #held: Buffer[] = [];
  #bytes = 0;
  /** Bytes needed to go on. */
  #needed = HEAD_BYTES;
  #broken = false;

  constructor(onEvent: (event: TensorboardEvent) => void) {
    this.#onEvent = onEvent;
  }

  /** True once a checksum was wrong. */
  get broken(): boolean {
    return this.#broken;
  }

  push(chunk: Buffer): void {
    if (this.#broken) return;
    this.#held.push(Buffer.from(chunk));
    this.#bytes += chunk.length;
    if (this.#bytes < this.#needed) return;
    const bytes = Buffer.concat(this.#held);
    const rest = bytes.subarray(this.#readRecords(bytes));
    this.#held = [rest];
    this.#bytes = rest.length;
  }

  /** Offset behind the last whole record. */
  #readRecords(bytes: Buffer): number {
    let at = 0;
    for (;;) {
      this.#needed = HEAD_BYTES;
      if (bytes.length - at < HEAD_BYTES) return at;
      const head = bytes.subarray(at, at + 8);
      const length = Number(head.readBigUInt64LE(0));
      if (maskedCrc32c(head) !== bytes.readUInt32LE(at + 8) || length > MAX_RECORD_BYTES) return this.#break(bytes);
      const end = at + HEAD_BYTES + length;
      this.#needed = end + TAIL_BYTES - at;
      if (bytes.length < end + TAIL_BYTES) return at;
      const data = bytes.subarray(at + HEAD_BYTES, end);
      if (maskedCrc32c(data) !== bytes.readUInt32LE(end)) return this.#break(bytes);
      this.#onEvent(readScalars(data));
      at = end + TAIL_BYTES;
    }
  }

  #break(bytes: Buffer): number {
    this.#broken = true;
    return bytes.length;
  }
}
