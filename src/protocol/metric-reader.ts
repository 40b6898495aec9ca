import type { AttemptReader } from "./attempt-reader.ts";
import { CertainValues } from "./certain-values.ts";
import { faultSentence } from "./fault-sentence.ts";
import type { LinePattern } from "./line-pattern.ts";
import { MetricCollector, type MetricCollectorOptions } from "./metric-collector.ts";
import type { MetricReading } from "./metric-reading.ts";
import type { ValuesBesides } from "./metric-source.ts";
import type { MetricWay } from "./metric-way.ts";
import type { NotationFault } from "./number-notation.ts";
import { OutputReader, type OutputStream } from "./output-reader.ts";

export interface MetricReaderOptions extends Partial<MetricCollectorOptions> {
  /** The asked metrics, objective first. */
  readonly metrics: readonly string[];
  /** The user's own expressions; their metrics are not looked for by name. */
  readonly patterns?: readonly LinePattern[] | undefined;
  /** Whether the last number on standard output is the objective when nothing else came. */
  readonly lastNumber?: boolean | undefined;
  /** Whether {@link MetricReader.seen} is wanted; it is unless this says no. */
  readonly gathers?: boolean | undefined;
}

/**
 * The metrics of one attempt: reads its output as it comes, takes in what comes by other ways, and counts each value once.
 *
 * @example
 * const reader = new MetricReader({ metrics: ["val_loss"] });
 * reader.push("stdout", Buffer.from("epoch 1/3 val_loss=0.31\n"));
 * reader.end();
 * reader.values.get("val_loss"); // 0.31
 */
export class MetricReader implements AttemptReader {
  readonly #output: OutputReader;
  readonly #certain = new CertainValues();
  readonly #collector: MetricCollector;
  /** The last of what looks like a metric's value and may be something else. */
  readonly #excuses = new Map<string, string>();
  readonly #objective: string | undefined;

  constructor(options: MetricReaderOptions) {
    this.#collector = new MetricCollector({ ...options, tuned: options.tuned ?? new Map() });
    this.#objective = options.metrics[0];
    this.#output = new OutputReader({ ...options, onReading: (reading) => this.#readOutput(reading) });
  }

  /** The value of each metric that came. */
  get values(): ReadonlyMap<string, number> {
    return this.#collector.values;
  }

  /** The way that each metric came by. */
  get ways(): ReadonlyMap<string, MetricWay> {
    return this.#collector.ways;
  }

  /** Names in the output that looked like metrics, in order of appearance, at most 30. */
  get seen(): readonly string[] {
    return this.#output.seen;
  }

  /** Asked metrics that the output used for several things, with what it said they were of. */
  get ambiguous(): ReadonlyMap<string, readonly string[]> {
    return this.#certain.ambiguous;
  }

  /** Why asked metrics have no value although something was printed for them, in words that go on `printed as`. */
  get refused(): ReadonlyMap<string, string> {
    const valued = this.#collector.ways;
    const excuses = [...this.#excuses].filter(([name]) => !valued.has(name));
    return new Map([...excuses, ...this.#collector.faults]);
  }

  /** Asked metrics that stood in a table of which it cannot be told where it ends. */
  get unclear(): ReadonlySet<string> {
    return this.#certain.unclear;
  }

  /** Expressions for `--metric-regex` that read a number of an asked metric, made from a line with its name, by metric. */
  get offered(): ReadonlyMap<string, string> {
    return this.#output.offered;
  }

  /** Units that values were converted to, of the metrics that have one. */
  get units(): ReadonlyMap<string, string> {
    return this.#collector.units;
  }

  push(stream: OutputStream, bytes: Buffer): void {
    this.#output.push(stream, bytes);
  }

  /** Values that came by another way. */
  take(
    way: MetricWay,
    step: number | null,
    values: Readonly<Record<string, number>>,
    { refused = {}, units }: ValuesBesides = {},
  ): void {
    this.#collector.take(way, step, values, { units });
    for (const [name, fault] of Object.entries(refused)) this.#refuse(way, step, name, fault);
  }

  /** The output is over: a last line without a line end counts when it is `whole`, because the program ended by itself. */
  end(whole = true): void {
    this.#output.end(whole);
    const last = this.#output.lastNumber;
    const objective = this.#objective;
    if (last !== null && objective !== undefined) {
      if ("fault" in last) this.#refuse("last-number", null, objective, last.fault);
      else this.#collector.take("last-number", null, { [objective]: last.value });
    }
    this.#collector.end();
  }

  /** Only what is sure to be the metric's value puts others in doubt. */
  #refuse(way: MetricWay, step: number | null, name: string, fault: NotationFault): void {
    const sentence = faultSentence(fault);
    if (fault.sure) this.#collector.refuse(way, step, name, sentence);
    else this.#excuses.set(name, sentence);
  }

  #readOutput(reading: MetricReading): void {
    const { reported, ending, refused, units, withdrawn } = this.#certain.weigh(reading);
    for (const name of withdrawn) this.#collector.withdraw("output", name);
    const { step, behind, shape } = reading;
    this.#collector.take("output", step, reported, { behind, units, shape });
    this.#collector.take("output", step, ending, { reported: false, behind, units });
    for (const [name, fault] of Object.entries(refused)) this.#refuse("output", step, name, fault);
  }
}
