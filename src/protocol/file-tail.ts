import { closeSync, fstatSync, readSync, statSync } from "node:fs";
import type { HasRoom } from "./metric-source.ts";
import { openPlainFile } from "./open-plain-file.ts";

const CHUNK_BYTES = 65_536;
/** Read in one go at most, so that everything else goes on meanwhile. */
const TURN_BYTES = 1_048_576;

/**
 * Reads what is appended to a file; from the beginning again when the file has become shorter, or another one has taken its name.
 * Never throws for what stands there: `problem` says why it could not be read.
 */
export class FileTail {
  readonly #path: string;
  #chunk: Buffer | null = null;
  #file: number | null = null;
  #inode = 0;
  #position = 0;
  /** How far the reading under way goes: as far as the file went when that began. */
  #goal: number | null = null;
  #problem: string | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  /** A sentence about why the file cannot be read at present, or null. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Bytes that the file has at present beyond what was read; 0 before the first reading. */
  get unread(): number {
    return this.#file === null ? 0 : Math.max(0, fstatSync(this.#file).size - this.#position);
  }

  /**
   * Hands over what is new in pieces, each valid during the call only; at most a mebibyte. False when it stopped before the end that
   * the file had at the first such call, because there was no room for more or this was enough for one go.
   */
  read(onChunk: (chunk: Buffer) => void, hasRoom: HasRoom): boolean {
    try {
      return this.#read(onChunk, hasRoom);
    } catch (error) {
      if (!(error instanceof Error && "code" in error)) throw error;
      this.#problem = "syscall" in error ? `${this.#path} could not be read (${error.message}).` : error.message;
      return true;
    }
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }

  #read(onChunk: (chunk: Buffer) => void, hasRoom: HasRoom): boolean {
    if (this.#goal === null && !this.#begin()) return true;
    for (let left = TURN_BYTES; this.#position < this.#goal!; ) {
      if (left <= 0 || !hasRoom()) return false;
      const bytes = this.#piece(Math.min(left, this.#goal! - this.#position));
      if (bytes === null) break;
      left -= bytes.length;
      onChunk(bytes);
    }
    this.#goal = null;
    return true;
  }

  /** False when there is nothing to read. */
  #begin(): boolean {
    // Most are never written: a look is a quarter of the cost of opening, and no error has to be made.
    const named = statSync(this.#path, { throwIfNoEntry: false });
    if (this.#file === null && named === undefined) return false;
    this.#file ??= this.#open();
    const { size } = fstatSync(this.#file);
    // The old one is read to its end before the one that has taken its name.
    if (named !== undefined && named.ino !== this.#inode && size <= this.#position) {
      const next = this.#open();
      closeSync(this.#file);
      this.#file = next;
    }
    this.#problem = null;
    if (size < this.#position) this.#position = 0;
    this.#goal = fstatSync(this.#file).size;
    return true;
  }

  #open(): number {
    const file = openPlainFile(this.#path, "read");
    this.#inode = fstatSync(file).ino;
    this.#position = 0;
    return file;
  }

  /** Null at the end of the file. */
  #piece(most: number): Buffer | null {
    this.#chunk ??= Buffer.allocUnsafe(CHUNK_BYTES);
    const bytes = readSync(this.#file!, this.#chunk, 0, Math.min(CHUNK_BYTES, most), this.#position);
    this.#position += bytes;
    return bytes === 0 ? null : this.#chunk.subarray(0, bytes);
  }
}
