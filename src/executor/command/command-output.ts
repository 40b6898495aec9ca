import type { Readable } from "node:stream";
import type { MetricReader } from "../../protocol/metric-reader.ts";
import type { OutputStream } from "../../protocol/output-reader.ts";
import { LogFile } from "./log-file.ts";
import { OutputEncoding, type Unreadable } from "./output-encoding.ts";
import { OutputTail } from "./output-tail.ts";
import type { RedactedStream } from "./redacted-stream.ts";
import type { SecretRedactor } from "./secret-redactor.ts";

export interface CommandOutputOptions {
  readonly logFile: string | null;
  /** Bytes of output kept in the log, or null for all. */
  readonly logLimit: number | null;
  readonly redactor: SecretRedactor;
  readonly reader: MetricReader;
  /** Called for whatever the program prints. */
  readonly onData: () => void;
}

/** What a program prints: read for metrics as it is, logged and shown without secrets. */
export class CommandOutput {
  readonly #options: CommandOutputOptions;
  readonly #log: LogFile | null;
  readonly #tail = new OutputTail();
  readonly #streams: Readable[] = [];
  readonly #encodings: OutputEncoding[] = [];
  readonly #redacted: RedactedStream[] = [];
  #bytes = 0;

  constructor(options: CommandOutputOptions) {
    this.#options = options;
    const { logFile, logLimit } = options;
    const resume = (): void => {
      for (const stream of this.#streams) stream.resume();
    };
    this.#log = logFile === null ? null : new LogFile(logFile, logLimit, resume);
  }

  read(name: OutputStream, stream: Readable | null): void {
    if (stream === null || stream === undefined) return;
    const encoding = new OutputEncoding();
    const redacted = this.#options.redactor.stream();
    this.#streams.push(stream);
    this.#encodings.push(encoding);
    this.#redacted.push(redacted);
    stream.on("data", (chunk: Buffer) => {
      this.#bytes += chunk.length;
      this.#options.onData();
      this.#options.reader.push(name, chunk);
      encoding.push(chunk);
      if (!this.#keep(redacted.push(chunk))) for (const each of this.#streams) each.pause();
    });
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** True while the program has to wait for the log. */
  get paused(): boolean {
    return this.#streams.some((stream) => stream.isPaused());
  }

  /** Reads no further, whoever holds the other end. */
  abandon(): void {
    for (const stream of this.#streams) stream.destroy();
  }

  /** Hands on what was held back; answers why the log could not be written, or null. */
  async close(): Promise<Error | null> {
    this.#options.reader.end();
    for (const redacted of this.#redacted) this.#keep(redacted.end());
    return this.#log === null ? null : await this.#log.close();
  }

  /** The last lines. */
  get tail(): string {
    return this.#tail.text();
  }

  /** Set when one of the outputs is no text. */
  get unreadable(): Unreadable | null {
    return this.#encodings.find(({ unreadable }) => unreadable !== null)?.unreadable ?? null;
  }

  /** False when the log wants the program to wait. */
  #keep(clean: Buffer): boolean {
    if (clean.length === 0) return true;
    this.#tail.push(clean);
    return this.#log === null || this.#log.write(clean);
  }
}
