import type { MetricName } from "./metric-name.ts";
import { proposePattern } from "./propose-pattern.ts";

/** Lines kept behind one with a name, which may head them. */
const BELOW = 6;

/** The last line of an output that has a metric's name, its very letters before others, and the lines below it. */
export class NamedLines {
  readonly #metrics: readonly MetricName[];
  readonly #kept = new Map<MetricName, string[]>();
  #left = 0;

  constructor(metrics: readonly MetricName[]) {
    this.#metrics = metrics;
  }

  /** True while lines are wanted that may have no name. */
  get open(): boolean {
    return this.#left > 0;
  }

  /** Takes a line; `asked`: whether it may have a name. */
  take(line: string, asked: boolean): void {
    if (this.#left > 0) {
      this.#left--;
      for (const lines of this.#kept.values()) if (lines.length <= BELOW) lines.push(line);
    }
    if (!asked) return;
    for (const metric of this.#metrics) {
      const exact = line.includes(metric.name);
      const before = this.#kept.get(metric)?.[0];
      if (!exact && (before?.includes(metric.name) === true || metric.places(line).length === 0)) continue;
      this.#kept.set(metric, [line]);
      this.#left = BELOW;
    }
  }

  /** For each metric an expression that reads a number from its lines, where one can be made. */
  get patterns(): ReadonlyMap<string, string> {
    const found = [...this.#kept].map(([metric, lines]) => [metric.name, proposePattern(lines, metric)] as const);
    return new Map(found.filter((entry): entry is readonly [string, string] => entry[1] !== null));
  }
}
