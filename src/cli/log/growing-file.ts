import { type FileHandle, open, stat } from "node:fs/promises";

const CHUNK_BYTES = 65_536;

/** A file that somebody appends to, read on from where the last reading ended; it may come later, and be replaced by a new one. */
export class GrowingFile {
  readonly #path: string;
  #handle: FileHandle | null = null;
  #inode = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** The next bytes, or null when there are none at present. */
  async read(): Promise<Uint8Array | null> {
    if (this.#handle === null && !(await this.#open())) return null;
    const bytes = await this.#chunk();
    if (bytes !== null) return bytes;
    // The old file is read to its end before the one that has taken its name.
    if ((await inodeOf(this.#path)) === this.#inode) return null;
    const last = await this.#chunk();
    if (last !== null) return last;
    await this.close();
    return (await this.#open()) ? await this.#chunk() : null;
  }

  async close(): Promise<void> {
    await this.#handle?.close();
    this.#handle = null;
  }

  async #chunk(): Promise<Uint8Array | null> {
    const { buffer, bytesRead } = await this.#handle!.read({ buffer: Buffer.alloc(CHUNK_BYTES) });
    return bytesRead === 0 ? null : buffer.subarray(0, bytesRead);
  }

  async #open(): Promise<boolean> {
    try {
      this.#handle = await open(this.#path, "r");
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
    this.#inode = (await this.#handle.stat()).ino;
    return true;
  }
}

async function inodeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).ino;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
