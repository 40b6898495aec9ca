import { createReadStream, fstatSync } from "node:fs";
import { openPlainFile } from "../../protocol/open-plain-file.ts";
import { ReadableLog } from "./readable-log.ts";

/** Writes logs to standard output: readable, or `raw` with every byte as the program printed it. */
export class LogWriter {
  readonly #readable: ReadableLog | null;

  constructor(raw: boolean) {
    this.#readable = raw ? null : new ReadableLog();
  }

  /** Settled once the reader has taken the bytes. */
  async write(bytes: Uint8Array): Promise<void> {
    await write(this.#readable === null ? bytes : this.#readable.push(bytes));
  }

  /** Files, one after the other as one log, as long as they are now. Throws AttuneError `user-code` for what is no plain file. */
  async copy(files: readonly string[]): Promise<void> {
    for (const file of files) {
      const fd = openPlainFile(file, "read");
      // Not to the end that it has then: it may be written to for ever.
      const end = Math.max(0, fstatSync(fd).size - 1);
      for await (const bytes of createReadStream(file, { fd, start: 0, end })) await this.write(bytes as Buffer);
    }
    await this.end();
  }

  /** The log is over; what was held back is written. */
  async end(): Promise<void> {
    if (this.#readable !== null) await write(this.#readable.end());
  }
}

async function write(text: string | Uint8Array): Promise<void> {
  if (text.length === 0) return;
  await new Promise<void>((resolve) => {
    process.stdout.write(text, () => resolve());
  });
}
