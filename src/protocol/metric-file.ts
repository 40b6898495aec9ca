import { readFileSync, statSync } from "node:fs";
import type { MetricSource, TakeMetrics } from "./metric-source.ts";
import { type FileReading, readMetricFile } from "./read-metric-file.ts";

const MAX_FILE_BYTES = 268_435_456;

/** A results file that the program writes anyway. What stood there before the attempt, of another trial, is not read. */
export class MetricFile implements MetricSource {
  readonly #path: string;
  readonly #paths: ReadonlyMap<string, string>;
  readonly #take: TakeMetrics;
  #state: string | null;
  /** Whether it was written since the attempt began. */
  #written = false;
  #taken: readonly FileReading[] = [];
  #problem: string | null;

  /** `paths`: the dotted path or the column of each metric. */
  constructor(path: string, paths: ReadonlyMap<string, string>, take: TakeMetrics) {
    this.#path = path;
    this.#paths = paths;
    this.#take = take;
    this.#state = stateOf(path);
    this.#problem = `The program did not write ${path}.`;
  }

  get problem(): string | null {
    return this.#problem;
  }

  /** All of it, as it has to be read as a whole anyway. */
  poll(): boolean {
    const state = stateOf(this.#path);
    if (state === null || state === this.#state) return true;
    this.#state = state;
    this.#written = true;
    this.#read(false);
    return true;
  }

  end(whole: boolean): void {
    this.poll();
    // What the look before left out as perhaps half written is known now.
    if (this.#written && stateOf(this.#path) !== null) this.#read(whole);
  }

  #read(whole: boolean): void {
    if (statSync(this.#path).size > MAX_FILE_BYTES) {
      this.#problem = `${this.#path} is larger than 256 MiB and is not read.`;
      return;
    }
    const readings = readMetricFile(readFileSync(this.#path, "utf8"), this.#paths, whole);
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

/** Changes with every write; null where there is no file. */
function stateOf(path: string): string | null {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? null : `${stat.ino} ${stat.size} ${stat.mtimeNs}`;
}

function isSame(a: FileReading, b: FileReading | undefined): boolean {
  if (b === undefined || a.step !== b.step || (a.refused ?? b.refused) !== undefined) return false;
  const names = Object.keys(a.values);
  return (
    names.length === Object.keys(b.values).length && names.every((name) => Object.is(a.values[name], b.values[name]))
  );
}
