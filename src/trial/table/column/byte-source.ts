const decoder = new TextDecoder();

/** Bytes that a ByteWriter wrote, read from a place on. */
export class ByteSource {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at: number;

  constructor(bytes: Uint8Array, at = 0, view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)) {
    this.bytes = bytes;
    this.view = view;
    this.at = at;
  }

  byte(): number {
    return this.view.getUint8(this.at++);
  }

  uint32(): number {
    const value = this.view.getUint32(this.at, true);
    this.at += 4;
    return value;
  }

  float64(): number {
    const value = this.view.getFloat64(this.at, true);
    this.at += 8;
    return value;
  }

  text(): string {
    const length = this.uint32();
    const bytes = this.bytes.subarray(this.at, this.at + length);
    this.at += length;
    // A decoder takes no memory that threads share.
    return decoder.decode(bytes.buffer instanceof ArrayBuffer ? bytes : bytes.slice());
  }

  /** Another reader from a place on. */
  from(at: number): ByteSource {
    return new ByteSource(this.bytes, at, this.view);
  }

  /** A reader of what was framed here, which is passed over. */
  frame(): ByteSource {
    const length = this.uint32();
    const inner = this.from(this.at);
    this.at += length;
    return inner;
  }
}

/** The whole number of 1, 2 or 4 bytes at a place. */
export function uintAt(view: DataView, at: number, width: number): number {
  if (width === 1) return view.getUint8(at);
  return width === 2 ? view.getUint16(at, true) : view.getUint32(at, true);
}
