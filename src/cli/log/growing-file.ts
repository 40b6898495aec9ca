import { close, fstatSync, read, statSync } from "node:fs";
import { promisify } from "node:util";
import { openPlainFile } from "../../protocol/open-plain-file.ts";

const readFile = promisify(read);
const closeFile = promisify(close);

const CHUNK_BYTES = 65_536;

/** A file that somebody appends to, read on from where the last reading ended; it may come later, and be replaced by a new one. */
export class GrowingFile {
  readonly #path: string;
  #file: number | null = null;
  #inode = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** The next bytes, or null when there are none at present. */
  async read(): Promise<Uint8Array | null> {
    if (this.#file === null && !this.#open()) return null;
    const bytes = await this.#chunk();
    if (bytes !== null) return bytes;
    // The old file is read to its end before the one that has taken its name.
    if (inodeOf(this.#path) === this.#inode) return null;
    const last = await this.#chunk();
    if (last !== null) return last;
    await this.close();
    return this.#open() ? await this.#chunk() : null;
  }

  async close(): Promise<void> {
    if (this.#file !== null) await closeFile(this.#file);
    this.#file = null;
  }

  async #chunk(): Promise<Uint8Array | null> {
    const { buffer, bytesRead } = await readFile(this.#file!, { buffer: Buffer.alloc(CHUNK_BYTES) });
    return bytesRead === 0 ? null : buffer.subarray(0, bytesRead);
  }

  #open(): boolean {
    try {
      this.#file = openPlainFile(this.#path, "read");
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
    this.#inode = fstatSync(this.#file).ino;
    return true;
  }
}

function inodeOf(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.ino ?? null;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
