import { statSync } from "node:fs";
import { readPlainFile } from "./read-plain-file.ts";

/** More would be read for seconds, in which nothing else goes on; what else is written without end goes into a report or event file. */
const MOST_MEBIBYTES = 16;
/** A file is left alone for a look after each so many of its bytes. */
const REST_BYTES = 1_048_576;

/**
 * The text of a file that is written again and again, looked at again and again. What stood there at the beginning is not read;
 * a large one is read seldom, a mebibyte for each look, so that everything else goes on meanwhile. Never throws for what stands there:
 * `problem` says why it could not be read.
 */
export class WholeFile {
  readonly #path: string;
  #state: string | null;
  #written = false;
  #problem: string | null = null;
  /** Looks until it is read again, however it changes. */
  #rest = 0;

  constructor(path: string) {
    this.#path = path;
    // What is no plain file is told of whoever put it there.
    this.#state = this.#guard(() => (statSync(path, { throwIfNoEntry: false })?.isFile() ? stateOf(path) : null));
  }

  /** A sentence about why the file cannot be read at present, or null. */
  get problem(): string | null {
    return this.#problem;
  }

  /** All of it when it was written since it was last read and its turn has come, else null. */
  poll(): string | null {
    if (this.#rest > 0) {
      this.#rest -= 1;
      return null;
    }
    return this.#guard(() => {
      const state = stateOf(this.#path);
      return state === null || state === this.#state ? null : this.#read(state);
    });
  }

  /** All of it when it was written since the beginning, else null. */
  end(): string | null {
    return this.#guard(() => {
      const state = stateOf(this.#path);
      return state === null || (state === this.#state && !this.#written) ? null : this.#read(state);
    });
  }

  #read(state: string): string {
    // What cannot be opened now may be later.
    this.#written = true;
    this.#rest = Math.floor(statSync(this.#path).size / REST_BYTES);
    const bytes = readPlainFile(this.#path, MOST_MEBIBYTES);
    this.#state = state;
    this.#problem = null;
    return bytes.toString("utf8");
  }

  #guard<T>(read: () => T | null): T | null {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Error && "code" in error)) throw error;
      this.#problem = "syscall" in error ? `${this.#path} could not be read (${error.message}).` : error.message;
      return null;
    }
  }
}

/** Changes with every write; null where there is no file. */
function stateOf(path: string): string | null {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? null : `${stat.ino} ${stat.size} ${stat.mtimeNs}`;
}
