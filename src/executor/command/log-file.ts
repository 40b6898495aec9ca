import { close, closeSync, rename, rm, statSync, write, writeSync } from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { makeFolders } from "../../protocol/make-folders.ts";
import { openPlainFile } from "../../protocol/open-plain-file.ts";
import { orIfRefused } from "../or-if-refused.ts";
import { logParts } from "./log-parts.ts";

const writeFile = promisify(write);
const closeFile = promisify(close);
const renameFile = promisify(rename);
const removeFile = promisify(rm);

const FLUSH_BYTES = 65_536;
const FLUSH_AFTER_MS = 200;
/** With this much unwritten the program has to wait, so that memory stays bounded. */
const FULL_BYTES = 1_048_576;

/**
 * Appends a program's output to a file (mode 0600, its folder made when missing), gathered so that a short trial costs one
 * write. With a limit, it is written in parts of half of it: a full one becomes `FILE.1`, then `FILE.2`, and the one before that is
 * dropped, so that the newest output is always kept. Errors do not stop the trial: the first one is answered by `close`.
 */
export class LogFile {
  readonly #path: string;
  readonly #partBytes: number;
  readonly #onRoom: () => void;
  #written = 0;
  #parts = 0;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #descriptor: number | null = null;
  #writing: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #problem: Error | null = null;
  #full = false;

  /** `limit` in bytes, or null; `onRoom` is called when there is room again after `write` answered false. */
  constructor(path: string, limit: number | null, onRoom: () => void) {
    this.#path = path;
    this.#partBytes = limit === null ? Number.POSITIVE_INFINITY : Math.max(1, Math.floor(limit / 2));
    this.#onRoom = onRoom;
  }

  /** Goes on with the parts that are there; to be called before anything is written. */
  goOn(): void {
    if (!Number.isFinite(this.#partBytes)) return;
    this.#written = statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0;
    const older = logParts(this.#path).files.filter((file) => file !== this.#path);
    this.#parts = Number(older.at(-1)?.slice(this.#path.length + 1) ?? 0);
  }

  /** Takes a chunk; false when the caller should wait for room, which `onRoom` tells of. */
  write(chunk: Buffer): boolean {
    if (this.#problem !== null) return true;
    this.#pending.push(chunk);
    this.#pendingBytes += chunk.length;
    if (this.#pendingBytes >= FLUSH_BYTES) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), FLUSH_AFTER_MS);
    // Until all is written: who was told to wait goes on at the word that there is room, however little came meanwhile.
    this.#full ||= this.#pendingBytes >= FULL_BYTES;
    return !this.#full;
  }

  /** Writes what is left; answers what went wrong since the beginning, or null. */
  async close(): Promise<Error | null> {
    if (!this.#writeAtOnce()) this.#flush();
    while (this.#writing !== null) await this.#writing;
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#descriptor !== null) await closeFile(this.#descriptor);
    this.#descriptor = null;
    return this.#problem;
  }

  /** A short log, none of which is written yet, is not worth three turns of the thread pool. False when it has to take that way. */
  #writeAtOnce(): boolean {
    const fits = this.#pendingBytes > 0 && this.#pendingBytes <= Math.min(FLUSH_BYTES, this.#partBytes);
    if (!fits || this.#written > 0 || this.#descriptor !== null || this.#writing !== null) return false;
    const data = Buffer.concat(this.#pending);
    const written = appendAtOnce(this.#path, data);
    this.#pending = written === data.length ? [] : [data.subarray(written)];
    this.#pendingBytes = data.length - written;
    this.#written = written;
    return this.#pendingBytes === 0;
  }

  #flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#writing !== null || this.#pendingBytes === 0) return;
    this.#writing = this.#drain();
  }

  async #drain(): Promise<void> {
    try {
      while (this.#pendingBytes > 0 && this.#problem === null) {
        const data = Buffer.concat(this.#pending);
        this.#pending = [];
        this.#pendingBytes = 0;
        for (let at = 0; at < data.length; ) at += await this.#writeSome(data, at);
      }
    } catch (error) {
      this.#problem = error instanceof Error ? error : new Error(String(error));
      this.#pending = [];
      this.#pendingBytes = 0;
    }
    this.#writing = null;
    if (this.#full) {
      this.#full = false;
      this.#onRoom();
    }
  }

  /** Answers how many bytes went into the part under way. */
  async #writeSome(data: Buffer, at: number): Promise<number> {
    if (this.#written >= this.#partBytes) await this.#rotate();
    this.#descriptor ??= this.#open();
    const length = Math.min(data.length - at, this.#partBytes - this.#written);
    const { bytesWritten } = await writeFile(this.#descriptor, data, at, length);
    this.#written += bytesWritten;
    return bytesWritten;
  }

  async #rotate(): Promise<void> {
    if (this.#descriptor !== null) await closeFile(this.#descriptor);
    this.#descriptor = null;
    this.#parts += 1;
    await renameFile(this.#path, `${this.#path}.${this.#parts}`);
    await removeFile(`${this.#path}.${this.#parts - 1}`, { force: true });
    this.#written = 0;
  }

  #open(): number {
    const open = (): number => openPlainFile(this.#path, "append");
    const withFolders = (): number => {
      makeFolders(dirname(this.#path));
      return open();
    };
    return orIfRefused(open, withFolders, ["ENOENT"]);
  }
}

/** Answers how many bytes were written: none when there is no file, or anything is in the way, which is told when it is tried again. */
function appendAtOnce(path: string, data: Buffer): number {
  const append = (): number => {
    const descriptor = openPlainFile(path, "append");
    try {
      return writeSync(descriptor, data);
    } finally {
      closeSync(descriptor);
    }
  };
  return orIfRefused(append, () => 0);
}
