import type { MetricSource, TakeMetrics } from "./metric-source.ts";
import { type FileReading, readMetricFile } from "./read-metric-file.ts";
import { WholeFile } from "./whole-file.ts";

/** A results file that the program writes anyway. What stood there before the attempt, of another trial, is not read. */
export class MetricFile implements MetricSource {
  readonly #path: string;
  readonly #paths: ReadonlyMap<string, string>;
  readonly #take: TakeMetrics;
  readonly #file: WholeFile;
  #taken: readonly FileReading[] = [];
  #problem: string | null;

  /** `paths`: the dotted path or the column of each metric. */
  constructor(path: string, paths: ReadonlyMap<string, string>, take: TakeMetrics) {
    this.#path = path;
    this.#paths = paths;
    this.#take = take;
    this.#file = new WholeFile(path);
    this.#problem = `The program did not write ${path}.`;
  }

  get problem(): string | null {
    return this.#problem;
  }

  get unreadable(): string | null {
    return this.#file.problem;
  }

  /** All of it, as it has to be read as a whole anyway. */
  poll(): boolean {
    this.#read(this.#file.poll(), false);
    return true;
  }

  /** What the looks before left out as perhaps half written is known now. */
  end(whole: boolean): void {
    this.#read(this.#file.end(), whole);
  }

  #read(text: string | null, whole: boolean): void {
    if (text === null) return;
    const readings = readMetricFile(text, this.#paths, whole);
    if (readings === null)
      this.#problem = `${this.#path} is neither JSON, nor JSON lines, nor a table with a line of names.`;
    else this.#takeNew(readings);
  }

  /** What stands there as before was taken already. */
  #takeNew(readings: readonly FileReading[]): void {
    let from = 0;
    while (from < readings.length && isSame(readings[from]!, this.#taken[from])) from++;
    for (const { step, values, ...besides } of readings.slice(from)) this.#take(step, values, besides);
    // A file that is written anew each time is short for a moment, and says nothing new.
    if (from < readings.length || this.#taken.length === 0) this.#taken = readings;
    const missing = [...this.#paths].find(([name]) => !readings.some(({ values }) => name in values));
    this.#problem = missing === undefined ? null : `${this.#path} has no number under ${missing[1]}.`;
  }
}

function isSame(a: FileReading, b: FileReading | undefined): boolean {
  if (b === undefined || a.step !== b.step || (a.refused ?? b.refused) !== undefined) return false;
  const names = Object.keys(a.values);
  return (
    names.length === Object.keys(b.values).length && names.every((name) => Object.is(a.values[name], b.values[name]))
  );
}
