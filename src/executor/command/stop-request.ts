import { closeSync } from "node:fs";
import { unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { makeFolders } from "../../protocol/make-folders.ts";
import { openPlainFile } from "../../protocol/open-plain-file.ts";
import { AwakeTimer } from "../awake-timer.ts";
import { orIfRefusedLater } from "../or-if-refused.ts";

/**
 * Asks a program to end: first by a file that appears, for programs that look for it, then by a signal. Without a file the
 * signal comes at once.
 */
export class StopRequest {
  readonly #file: string | null;
  readonly #headStartMs: number;
  #timer: AwakeTimer | null = null;
  #writing: Promise<void> | null = null;
  #over = false;

  /** `headStartMs`: how long the file stands before the signal is sent. */
  constructor(file: string | null, headStartMs: number) {
    this.#file = file;
    this.#headStartMs = headStartMs;
  }

  /** The first call counts. `headStartMs`: other than usual. */
  begin(signal: () => void, headStartMs = this.#headStartMs): void {
    if (this.#writing !== null || this.#over) return;
    if (this.#file === null) {
      this.#writing = Promise.resolve();
      signal();
      return;
    }
    // Where the file cannot be made (a full disk), the signal is all there is.
    this.#writing = this.#write(this.#file).then(
      () => this.#later(signal, headStartMs),
      () => this.#later(signal, 0),
    );
  }

  /** The program is over: no signal any more, and the file is taken away. */
  async end(): Promise<void> {
    this.#over = true;
    this.#timer?.clear();
    await this.#writing;
    if (this.#writing === null || this.#file === null) return;
    // What a program put in its place, or made impossible to remove, stays for `attune gc`.
    await orIfRefusedLater(unlink(this.#file), () => undefined);
  }

  async #write(file: string): Promise<void> {
    makeFolders(dirname(file));
    closeSync(openPlainFile(file, "overwrite"));
  }

  #later(signal: () => void, ms: number): void {
    if (!this.#over) this.#timer = new AwakeTimer(ms, signal);
  }
}
