import { close, createReadStream, fstatSync, read, statSync } from "node:fs";
import { promisify } from "node:util";
import { logParts } from "../../../executor/command/log-parts.ts";
import { openPlainFile } from "../../../protocol/open-plain-file.ts";
import { readPlainFile } from "../../../protocol/read-plain-file.ts";
import { logFile } from "../../../record/study-files.ts";
import type { Study } from "../../../study/index.ts";
import type { Attempt, Trial } from "../../../trial/trial.ts";
import { visibleText } from "../../render/text.ts";

const POLL_MS = 200;
const FINISHED = new Set(["complete", "pruned", "failed"]);

/**
 * Hands on what a trial's attempts print, from the beginning and as it comes, until the trial has ended. `begin` is told of each
 * attempt after the first.
 */
export async function followLog(
  study: Study,
  number: number,
  write: (bytes: Uint8Array) => Promise<void>,
  begin: (attempt: number) => Promise<void>,
): Promise<void> {
  for (let index = 0; ; index++) {
    while (attemptsOf(study.trial(number)).length <= index) {
      if (FINISHED.has(study.trial(number).state)) return;
      await pause(study);
    }
    if (index > 0) await begin(index);
    await followAttempt(study, number, index, write);
  }
}

async function followAttempt(
  study: Study,
  number: number,
  index: number,
  write: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  const path = logFile(study.location, study.id, number, index);
  // Parts that were full before (--log-limit); the newest is followed.
  for (const older of logParts(path).files) if (older !== path) await write(readPlainFile(older));
  const file = new GrowingFile(path);
  try {
    for (;;) {
      // Looked at before reading: what was printed before the end is then read to the last byte.
      const ended = attemptsOf(study.trial(number))[index]!.endedAt !== null;
      for (let bytes = await file.read(); bytes !== null; bytes = await file.read()) await write(bytes);
      if (ended) return;
      await pause(study);
    }
  } finally {
    await file.close();
  }
}

function attemptsOf({ segments }: Trial): readonly Attempt[] {
  return segments.flatMap(({ attempts }) => attempts);
}

async function pause(study: Study): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  await study.refresh();
}

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
