import type { Readable } from "node:stream";
import type { OutputStream } from "../../protocol/output-reader.ts";
import { Utf16Decoder } from "../../protocol/utf16-decoder.ts";
import { LogFile } from "./log-file.ts";
import type { MetricSources } from "./metric-sources.ts";
import { OutputNature } from "./output-nature.ts";
import { OutputTail } from "./output-tail.ts";
import type { SecretRedactor } from "./secret-redactor.ts";

export interface CommandOutputOptions {
  readonly logFile: string | null;
  /** Bytes of output kept in the log, or null for all. */
  readonly logLimit: number | null;
  readonly redactor: SecretRedactor;
  readonly metrics: MetricSources;
  /** Called for whatever the program prints. */
  readonly onData: () => void;
}

/** What a program prints: read for metrics as it is, logged and shown without secrets. */
export class CommandOutput {
  readonly #options: CommandOutputOptions;
  readonly #log: LogFile | null;
  readonly #tail = new OutputTail();
  readonly #streams: Readable[] = [];
  readonly #natures: OutputNature[] = [];
  readonly #endings: (() => void)[] = [];
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
    const nature = new OutputNature();
    const decoder = new Utf16Decoder();
    const redacted = this.#options.redactor.stream();
    this.#streams.push(stream);
    this.#natures.push(nature);
    const keep = (text: Buffer): boolean => {
      nature.push(text);
      return this.#keep(redacted.push(text));
    };
    this.#endings.push(() => {
      keep(decoder.end());
      this.#keep(redacted.end());
    });
    stream.on("data", (chunk: Buffer) => {
      this.#bytes += chunk.length;
      this.#options.onData();
      this.#options.metrics.push(name, chunk);
      if (!keep(decoder.decode(chunk))) for (const each of this.#streams) each.pause();
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
    this.#options.metrics.end();
    for (const end of this.#endings) end();
    return this.#log === null ? null : await this.#log.close();
  }

  /** The last lines. */
  get tail(): string {
    return this.#tail.text();
  }

  /** True when one of the outputs is no text. */
  get binary(): boolean {
    return this.#natures.some((nature) => nature.binary);
  }

  /** False when the log wants the program to wait. */
  #keep(clean: Buffer): boolean {
    if (clean.length === 0) return true;
    this.#tail.push(clean);
    return this.#log === null || this.#log.write(clean);
  }
}
