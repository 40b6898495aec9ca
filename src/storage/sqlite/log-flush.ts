import { closeSync, fdatasyncSync, openSync } from "node:fs";
import { resolve } from "node:path";
import { linkedFile } from "./linked-file.ts";
import { walFile } from "./same-files.ts";

/**
 * Brings an open database's write-ahead log to the disk when it is told to. SQLite has no locks on that file, so that nothing is lost when
 * this descriptor is closed (of the main file it would be).
 */
export class LogFlush {
  readonly #descriptor: number;

  private constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  /** Null where the log cannot be opened beside SQLite, be it for want of a descriptor: then SQLite has to flush it. */
  static open(file: string): LogFlush | null {
    try {
      return new LogFlush(openSync(walFile(resolve(linkedFile(file))), "r+"));
    } catch (error) {
      if (error instanceof Error && "code" in error) return null;
      throw error;
    }
  }

  /** Comes back once all that was committed so far is on the disk; throws what the file system says where it is not. */
  now(): void {
    fdatasyncSync(this.#descriptor);
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}
