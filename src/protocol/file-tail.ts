import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import type { HasRoom } from "./metric-source.ts";

const CHUNK_BYTES = 65_536;

/** Reads what is appended to a file; from the beginning again when the file has become shorter. */
export class FileTail {
  readonly #path: string;
  #chunk: Buffer | null = null;
  #file: number | null = null;
  #position = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * Hands over what is new in pieces, each valid during the call only. False when it stopped before the end, because there was no
   * room for more.
   */
  read(onChunk: (chunk: Buffer) => void, hasRoom: HasRoom): boolean {
    this.#file ??= openIfThere(this.#path);
    if (this.#file === null) return true;
    this.#chunk ??= Buffer.allocUnsafe(CHUNK_BYTES);
    if (fstatSync(this.#file).size < this.#position) this.#position = 0;
    while (hasRoom()) {
      const bytes = readSync(this.#file, this.#chunk, 0, CHUNK_BYTES, this.#position);
      if (bytes === 0) return true;
      this.#position += bytes;
      onChunk(this.#chunk.subarray(0, bytes));
    }
    return false;
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }
}

function openIfThere(path: string): number | null {
  try {
    // Most are never written: a look is a quarter of the cost of opening, and no error has to be made.
    if (statSync(path, { throwIfNoEntry: false }) === undefined) return null;
    return openSync(path, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
