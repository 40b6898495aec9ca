import type { OutputStream } from "../../protocol/output-reader.ts";
import { Utf16Decoder } from "../../protocol/utf16-decoder.ts";
import { LogFile } from "./log-file.ts";
import type { MetricSources } from "./metric-sources.ts";
import { OutputNature } from "./output-nature.ts";
import { OutputTail } from "./output-tail.ts";
import type { RedactedStream } from "./redacted-stream.ts";
import type { SecretRedactor } from "./secret-redactor.ts";

export interface CommandOutputOptions {
  readonly logFile: string | null;
  /** Stands in the log before the first output; the log then goes on where it is. Null: nothing does. */
  readonly logTitle: string | null;
  /** Bytes of output kept in the log, or null for all. */
  readonly logLimit: number | null;
  readonly redactor: SecretRedactor;
  readonly metrics: MetricSources;
  /** Called for whatever the program prints. */
  readonly onData: () => void;
  /** Lets the program wait for the log, or go on as far as that is concerned. */
  readonly onWait: (wait: boolean) => void;
}

/** One of the two outputs on its way to the log. */
interface Channel {
  readonly decoder: Utf16Decoder;
  readonly nature: OutputNature;
  readonly redacted: RedactedStream;
}

/** What a program prints: read for metrics as it is, logged and shown without secrets. */
export class CommandOutput {
  readonly #options: CommandOutputOptions;
  readonly #log: LogFile | null;
  readonly #tail = new OutputTail();
  readonly #channels = new Map<OutputStream, Channel>();
  #bytes = 0;
  #title: string | null;

  constructor(options: CommandOutputOptions) {
    this.#options = options;
    const { logFile, logLimit, logTitle } = options;
    this.#title = logTitle;
    this.#log = logFile === null ? null : new LogFile(logFile, logLimit, () => options.onWait(false));
    if (logTitle !== null) this.#log?.goOn();
  }

  /** Takes what the program has printed. */
  push(name: OutputStream, chunk: Buffer): void {
    const channel = this.#channel(name);
    this.#bytes += chunk.length;
    this.#options.onData();
    if (!this.#take(name, channel, channel.decoder.decode(chunk))) this.#options.onWait(true);
  }

  /** False when the log wants the program to wait. */
  #take(name: OutputStream, { nature, redacted }: Channel, text: Buffer): boolean {
    if (text.length === 0) return true;
    this.#options.metrics.push(name, text);
    nature.push(text);
    return this.#keep(redacted.push(text));
  }

  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Hands on what was held back; answers why the log could not be written, or null. `whole`: whether the program ended by itself, so
   * that its last line is no part of one; `kill`: waits for nothing more.
   */
  async close(whole: boolean, kill: AbortSignal): Promise<Error | null> {
    for (const [name, channel] of this.#channels) this.#take(name, channel, channel.decoder.end());
    await this.#options.metrics.end(whole, kill);
    for (const { redacted } of this.#channels.values()) this.#keep(redacted.end());
    return this.#log === null ? null : await this.#log.close();
  }

  /** The last lines. */
  get tail(): string {
    return this.#tail.text();
  }

  /** True when one of the outputs is no text. */
  get binary(): boolean {
    return [...this.#channels.values()].some(({ nature }) => nature.binary);
  }

  #channel(name: OutputStream): Channel {
    let channel = this.#channels.get(name);
    if (channel === undefined) {
      channel = {
        decoder: new Utf16Decoder(),
        nature: new OutputNature(),
        redacted: this.#options.redactor.stream(),
      };
      this.#channels.set(name, channel);
    }
    return channel;
  }

  /** False when the log wants the program to wait. */
  #keep(clean: Buffer): boolean {
    if (clean.length === 0) return true;
    this.#tail.push(clean);
    if (this.#log === null) return true;
    if (this.#title === null) return this.#log.write(clean);
    const title = Buffer.from(this.#title);
    this.#title = null;
    return this.#log.write(Buffer.concat([title, clean]));
  }
}
