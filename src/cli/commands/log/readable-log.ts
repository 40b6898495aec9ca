import { createReadStream, fstatSync } from "node:fs";
import { openPlainFile } from "../../../protocol/open-plain-file.ts";
import { visibleText } from "../../render/text.ts";

/** Control sequences (ECMA-48, section 5.4): colours, cursor moves, erasing. */
const SEQUENCES = /\u001b\[[0-?]*[ -/]*[@-~]/g;
/** What may be the beginning of one, or of a line end, whose rest comes with the next bytes. */
const UNDER_WAY = /(?:\u001b(?:\[[0-?]{0,64}[ -/]{0,8})?|\r)$/;

/**
 * What a program printed as text that a terminal only shows: colours and cursor moves are taken out, every other control character
 * is written out, and a line that overwrites another (`\r`) follows it.
 */
export class ReadableLog {
  readonly #decoder = new TextDecoder();
  #held = "";

  /** The text of the next bytes; what is under way at their end is held back. */
  push(bytes: Uint8Array): string {
    return this.#text(this.#decoder.decode(bytes, { stream: true }), false);
  }

  /** The rest. */
  end(): string {
    return this.#text(this.#decoder.decode(), true);
  }

  #text(piece: string, over: boolean): string {
    const text = this.#held + piece;
    const end = over ? text.length : (UNDER_WAY.exec(text)?.index ?? text.length);
    this.#held = text.slice(end);
    return text
      .slice(0, end)
      .replace(SEQUENCES, "")
      .replace(/\r+\n?/g, (ends) => (ends.endsWith("\n") ? "\n" : "\n".repeat(ends.length)))
      .split("\t")
      .map(visibleText)
      .join("\t");
  }
}

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
