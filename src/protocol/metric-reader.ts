import { LineSplitter } from "./line-splitter.ts";
import { metricLikeNames, plainText, readMetricLine } from "./read-metric-line.ts";

export interface MetricReaderOptions {
  /** The asked metrics, objective first. */
  readonly metrics: readonly string[];
  /** Called for each line that holds one of them, in order; steps count from 1 where the program names none. */
  readonly onReport?: (step: number, values: Readonly<Record<string, number>>) => void;
}

export type OutputStream = "stdout" | "stderr";

/** Names kept for the message when the asked metric never came. */
const MAX_SEEN = 30;
/** Names are gathered from the first lines only; later output is searched for the asked metrics alone. */
const SEEN_BYTES = 1_048_576;

/**
 * Reads metrics from a program's output as it comes, in linear time and bounded memory.
 *
 * A value printed once and without a step is the final value and no report; from the second one on, all are reported.
 *
 * @example
 * const reader = new MetricReader({ metrics: ["val_loss"] });
 * reader.push("stdout", Buffer.from("epoch 1/3 val_loss=0.31\n"));
 * reader.end();
 * reader.values.get("val_loss"); // 0.31
 */
export class MetricReader {
  readonly #metrics: readonly string[];
  readonly #onReport: MetricReaderOptions["onReport"];
  readonly #needles: readonly Buffer[] | null;
  readonly #splitters: Readonly<Record<OutputStream, LineSplitter>>;
  readonly #values = new Map<string, number>();
  readonly #seen = new Set<string>();
  #bytes = 0;
  #lastStep = 0;
  #pending: Readonly<Record<string, number>> = {};
  /** How many metrics the program prints a step, as the step before told. */
  #perStep = 0;

  constructor(options: MetricReaderOptions) {
    this.#metrics = options.metrics;
    this.#onReport = options.onReport;
    this.#needles = options.metrics.every(isPlainAscii) ? options.metrics.map((name) => Buffer.from(name)) : null;
    const splitter = (): LineSplitter => new LineSplitter((line) => this.#readLine(line));
    this.#splitters = { stdout: splitter(), stderr: splitter() };
  }

  /** Last value of each asked metric that was seen. */
  get values(): ReadonlyMap<string, number> {
    return this.#values;
  }

  /** Names that looked like metrics, in order of appearance, at most 30. */
  get seen(): readonly string[] {
    return [...this.#seen];
  }

  push(stream: OutputStream, chunk: Buffer): void {
    // Large outputs are mostly chunks without a metric; a search for its bytes is many times faster than reading lines.
    if (!this.#gathering && !this.#mayHold(chunk)) this.#splitters[stream].pushEdges(chunk);
    else this.#splitters[stream].push(chunk);
  }

  /** The output is over: a last line without a line end counts. */
  end(): void {
    this.#splitters.stdout.end();
    this.#splitters.stderr.end();
    if (this.#lastStep > 0) this.#flush(this.#lastStep + 1);
  }

  get #gathering(): boolean {
    return this.#bytes < SEEN_BYTES && this.#seen.size < MAX_SEEN;
  }

  #mayHold(bytes: Buffer): boolean {
    return this.#needles === null || this.#needles.some((needle) => bytes.includes(needle));
  }

  #readLine(line: Buffer): void {
    const gathering = this.#gathering;
    this.#bytes += line.length;
    const asked = this.#mayHold(line);
    if (!gathering && !asked) return;
    const text = plainText(line.toString("utf8"));
    if (gathering) this.#gather(text);
    if (!asked) return;
    const found = readMetricLine(text, this.#metrics);
    if (found === null) return;
    for (const [name, value] of Object.entries(found.values)) this.#values.set(name, value);
    this.#report(found.step, found.values);
  }

  #gather(text: string): void {
    for (const name of metricLikeNames(text)) {
      if (this.#seen.size < MAX_SEEN && name.length <= 100) this.#seen.add(name);
    }
  }

  #report(step: number | null, values: Readonly<Record<string, number>>): void {
    if (this.#onReport === undefined) return;
    if (step !== null) {
      this.#flush(Math.max(0, Math.min(step - 1, this.#lastStep + 1)));
      this.#lastStep = step;
      this.#onReport(step, values);
      return;
    }
    if (Object.keys(values).some((name) => name in this.#pending)) this.#flush(this.#lastStep + 1);
    this.#pending = { ...this.#pending, ...values };
    if (this.#lastStep > 0 && Object.keys(this.#pending).length >= this.#perStep) this.#flush(this.#lastStep + 1);
  }

  /** Reports what has gathered without a step: lines with different metrics belong to one step. */
  #flush(step: number): void {
    const values = this.#pending;
    this.#pending = {};
    const count = Object.keys(values).length;
    if (count === 0) return;
    this.#perStep = count;
    this.#lastStep = step;
    this.#onReport?.(step, values);
  }
}

/** True when JSON and UTF-8 write the name only one way, so that bytes can be searched for it. */
function isPlainAscii(name: string): boolean {
  return /^[\x20-\x7e]+$/.test(name) && !/["\\/]/.test(name);
}
