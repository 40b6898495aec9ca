import { headingPart, mayHead } from "./heading-part.ts";
import { type LastNumber, lastNumber } from "./last-number.ts";
import type { LinePattern } from "./line-pattern.ts";
import { lineShape } from "./line-shape.ts";
import { LineSplitter } from "./line-splitter.ts";
import { MetricName, spellings } from "./metric-name.ts";
import type { FoundValue, MetricReading } from "./metric-reading.ts";
import { nameWords } from "./name-words.ts";
import { NamedLines } from "./named-lines.ts";
import { OutputTable } from "./output-table.ts";
import { plainText, readMetricLine } from "./read-metric-line.ts";
import { readPattern } from "./read-pattern.ts";
import { readHeadingStep, readStep } from "./read-step.ts";
import { RowHeads } from "./row-heads.ts";
import { SeenNames } from "./seen-names.ts";
import { isRule } from "./table-cells.ts";

export type OutputStream = "stdout" | "stderr";

/** Names are gathered from the first lines only; later output is searched for the asked metrics alone. */
const SEEN_BYTES = 1_048_576;
/** In every heading of the lines below it: `Epoch 3/10`, `iter = 3`. */
const HEADING = "poch|step|iter|round";

export interface OutputReaderOptions {
  /** Metrics to find by name. */
  readonly metrics: readonly string[];
  /** Metrics that the user's own expressions find; they are not looked for by name. */
  readonly patterns?: readonly LinePattern[] | undefined;
  /** Whether the last number on standard output is wanted. */
  readonly lastNumber?: boolean | undefined;
  /** Whether names that look like metrics are gathered, so that they can be offered; they are unless this says no. */
  readonly gathers?: boolean | undefined;
  /** Called for each line that holds one of the metrics, in order. */
  readonly onReading: (reading: MetricReading) => void;
}

/** Finds the asked metrics in a program's output as it comes, in linear time and bounded memory. */
export class OutputReader {
  readonly #metrics: readonly MetricName[];
  readonly #onReading: (reading: MetricReading) => void;
  /** What bytes with a metric hold, and bytes with a metric or a heading; null when a name may be written in many ways. */
  readonly #asked: RegExp | null;
  readonly #wanted: RegExp | null;
  readonly #splitters: Readonly<Record<OutputStream, LineSplitter>>;
  readonly #tables: Readonly<Record<OutputStream, OutputTable>>;
  readonly #heads = { stdout: new RowHeads(), stderr: new RowHeads() };
  readonly #patterns: readonly LinePattern[];
  readonly #wantsLast: boolean;
  readonly #gathers: boolean;
  #last: LastNumber | null = null;
  readonly #seen = new SeenNames();
  readonly #named: Readonly<Record<OutputStream, NamedLines>>;
  #bytes = 0;
  #headingStep: number | null = null;
  /** The part of the data that a heading named, until an empty line behind what it heads. */
  #headingPart: string | null = null;
  #headed = false;
  /** Metrics on the heading line itself, unless it heads an epoch: another value of theirs is not of that step. */
  #headingNames: readonly string[] = [];
  /** Those on the line that heads an epoch. */
  #epochNames: readonly string[] = [];

  constructor({ metrics, patterns = [], lastNumber = false, gathers = true, onReading }: OutputReaderOptions) {
    const named = metrics.filter((name) => !patterns.some(({ metric }) => metric === name));
    this.#metrics = named.map((name) => new MetricName(name));
    this.#onReading = onReading;
    this.#patterns = patterns;
    this.#wantsLast = lastNumber;
    this.#gathers = gathers;
    const plain = named.length > 0 && named.every(isPlainAscii);
    const names = named.flatMap(bytesOf).join("|");
    this.#asked = plain ? new RegExp(names, "i") : null;
    this.#wanted = plain ? new RegExp([...named.flatMap(headsOf), HEADING].join("|"), "i") : null;
    const splitter = (stream: OutputStream): LineSplitter =>
      new LineSplitter((line) => this.#readLine(stream, line), true);
    this.#splitters = { stdout: splitter("stdout"), stderr: splitter("stderr") };
    this.#tables = { stdout: new OutputTable(this.#metrics), stderr: new OutputTable(this.#metrics) };
    this.#named = { stdout: new NamedLines(this.#metrics), stderr: new NamedLines(this.#metrics) };
  }

  /** Names that looked like metrics, in order of appearance, at most 30. */
  get seen(): readonly string[] {
    return this.#seen.names;
  }

  /** Expressions that read a number from a line with an asked metric's name, or from a row below its name, by metric. */
  get offered(): ReadonlyMap<string, string> {
    return new Map([...this.#named.stderr.patterns, ...this.#named.stdout.patterns]);
  }

  /** The last number that standard output printed, when it is wanted; else null. */
  get lastNumber(): LastNumber | null {
    return this.#last;
  }

  /** The output is over: a last line without a line end counts when it is `whole`, else it may be any part of one. */
  end(whole = true): void {
    for (const stream of ["stdout", "stderr"] as const) {
      if (whole) this.#splitters[stream].end();
      else this.#tellCut(this.#splitters[stream].held());
    }
  }

  /** What a line that was cut off says of the metrics is refused, so that it is known why there is no value. */
  #tellCut(line: Buffer): void {
    const text = plainText(line.toString("utf8"));
    const found = text === "" ? null : readMetricLine(text, this.#metrics);
    if (found === null) return;
    const why = "a last line without a line end, cut off perhaps because the program was killed";
    const values = [...found.values].map(([name, value]) => {
      return [name, { ...value, value: Number.NaN, fault: { text: text.trim(), why, sure: false } }] as const;
    });
    this.#onReading({ values: new Map(values), step: null });
  }

  /** Takes output in UTF-8 (what was printed in another encoding has been decoded before). */
  push(stream: OutputStream, chunk: Buffer): void {
    // Large outputs are mostly chunks without a metric; a search through its bytes is many times faster than reading lines.
    const needAll = (): boolean =>
      this.#readsAll || this.#gathering || this.#tables[stream].open || this.#named[stream].open;
    if (needAll() || holds(this.#wanted, chunk)) this.#splitters[stream].push(chunk);
    else {
      this.#headingPart = null;
      this.#splitters[stream].pushEdges(chunk, needAll);
    }
  }

  /** Expressions and the last number may be on any line. */
  get #readsAll(): boolean {
    return this.#patterns.length > 0 || this.#wantsLast;
  }

  get #gathering(): boolean {
    return this.#bytes < SEEN_BYTES && !this.#seen.full;
  }

  #readLine(stream: OutputStream, line: Buffer): void {
    const gathering = this.#gathering;
    const table = this.#tables[stream];
    this.#bytes += line.length;
    if (line.length === 0 && this.#headed) this.#headingPart = null;
    const wanted = holds(this.#wanted, line);
    if (!this.#readsAll && !gathering && !table.open && !wanted && !this.#named[stream].open && !mayHead(line)) return;
    const text = plainText(line.toString("utf8"));
    if (gathering && this.#gathers) this.#seen.gather(text);
    if (this.#wantsLast && stream === "stdout") this.#last = lastNumber(text) ?? this.#last;
    for (const pattern of this.#patterns) this.#match(pattern, text);
    const asked = wanted && holds(this.#asked, line);
    this.#named[stream].take(text, asked);
    const found = this.#find(stream, text, wanted, asked);
    if (found !== null && (found.values.size > 0 || found.unclear !== undefined)) {
      const step = found.step ?? this.#stepAbove(found);
      const behind = found.step === null && step !== null ? this.#epochNames : [];
      this.#onReading({ ...found, step, behind, ...(step === null && { shape: lineShape(text) }) });
    }
    const step =
      found !== null && found.values.size === 0 && found.unclear === undefined ? found.step : readHeadingStep(text);
    if (step === null) return;
    this.#headingStep = step;
    this.#headingPart = null;
    const names = found === null ? [] : [...found.values.keys()];
    const epoch = /epoch/i.test(text);
    this.#headingNames = epoch ? [] : names;
    this.#epochNames = epoch ? names : [];
  }

  #noteHeading(text: string): void {
    const part = headingPart(text);
    if (part !== null) [this.#headingPart, this.#headed] = [part, false];
    else if (!isRule(text) && !text.startsWith("=")) this.#headed = true;
  }

  #match(pattern: LinePattern, text: string): void {
    const found = readPattern(pattern, text);
    if (found === null) return;
    const what = "fault" in found ? { value: Number.NaN, fault: found.fault } : { value: found.value };
    const value: FoundValue = { ...what, certainty: "exact", part: null };
    const values = new Map([[pattern.metric, value]]);
    const step = found.step ?? readStep(text) ?? this.#headingStep;
    this.#onReading({ values, step, ...(step === null && { shape: lineShape(text) }) });
  }

  #stepAbove({ values }: MetricReading): number | null {
    return this.#headingNames.some((name) => values.has(name)) ? null : this.#headingStep;
  }

  #find(stream: OutputStream, text: string, wanted: boolean, asked: boolean): MetricReading | null {
    const [table, heads] = [this.#tables[stream], this.#heads[stream]];
    if (asked) {
      const found = readMetricLine(text, this.#metrics, this.#headingPart);
      const settled = found === null ? null : heads.settle(text, found, this.#metrics);
      this.#headed ||= settled !== null;
      if (settled !== null && settled.values.size > 0) return settled;
    }
    this.#noteHeading(text);
    heads.note(text);
    if (table.takeRule(text)) return null;
    if (!wanted) table.passBy(text);
    else if (table.offerHeader(text)) return null;
    return table.open ? table.readRow(text) : null;
  }
}

function holds(pattern: RegExp | null, bytes: Buffer): boolean {
  return pattern === null || pattern.test(bytes.toString("latin1"));
}

/** Patterns of what bytes with the name hold: the name, or, of a path with dots (`test.acc`), the key that it begins with. */
function bytesOf(name: string): readonly string[] {
  const dot = name.indexOf(".");
  const within = new MetricName(name).within;
  return [
    spelledInBytes(name),
    ...(dot > 0 ? [`"${spelledInBytes(name.slice(0, dot))}[".]`] : []),
    ...(within === null ? [] : [spelledInBytes(within.rest.name)]),
  ];
}

/** Patterns of what lines with the name hold, and heads of columns with one half of it: its first and its last word. */
function headsOf(name: string): readonly string[] {
  const words = nameWords(name);
  return words.length < 2 ? bytesOf(name) : [words[0]!, words.at(-1)!].map(spelledInBytes);
}

/** JSON may write `\/` for a slash. */
function spelledInBytes(name: string): string {
  return spellings(name).replaceAll("\\/", "\\\\?\\/");
}

/** True when JSON and UTF-8 write the name only one way, slashes aside, so that bytes can be searched for it. */
function isPlainAscii(name: string): boolean {
  return /^[\x20-\x7e]+$/.test(name) && !/["\\]/.test(name);
}
