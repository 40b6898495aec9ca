import { FRAME_HEADER, FRAME_KINDS, type FrameKind } from "./frame.ts";

export type TakeFrame = (kind: FrameKind, program: number, body: Buffer) => void;

/** Puts frames together from a stream of bytes, however it is cut. */
export class FrameReader {
  readonly #take: TakeFrame;
  #parts: Buffer[] = [];
  #bytes = 0;
  #wanted = FRAME_HEADER;

  constructor(take: TakeFrame) {
    this.#take = take;
  }

  push(chunk: Buffer): void {
    this.#parts.push(chunk);
    this.#bytes += chunk.length;
    if (this.#bytes < this.#wanted) return;
    const data = this.#parts.length === 1 ? chunk : Buffer.concat(this.#parts);
    let at = 0;
    for (;;) {
      this.#wanted = wantedAt(data, at);
      if (data.length - at < this.#wanted) break;
      const end = at + this.#wanted;
      this.#take(FRAME_KINDS[data[at]!]!, data.readUInt32LE(at + 1), data.subarray(at + FRAME_HEADER, end));
      at = end;
    }
    const rest = data.subarray(at);
    this.#parts = rest.length === 0 ? [] : [rest];
    this.#bytes = rest.length;
  }
}

/** Bytes of the frame that begins there, as far as its header has come. */
function wantedAt(data: Buffer, at: number): number {
  return data.length - at < FRAME_HEADER ? FRAME_HEADER : FRAME_HEADER + data.readUInt32LE(at + 5);
}
