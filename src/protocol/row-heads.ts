import type { MetricName } from "./metric-name.ts";
import type { FoundValue, MetricReading } from "./metric-reading.ts";
import { beginsWithNumber, cellNumber, isRule, splitCells, tableText } from "./table-cells.ts";

const MAX_LINE = 2_000;
const BARS = /[|│┃║┆]/;
/** Heads of the number itself, and of numbers that say how sure it is or how it was got. */
const VALUE = /^(?:values?|scores?|results?|mean|avg\.?|average|estimates?|coef\w*|metric|current|measured)$/i;
const BESIDE =
  /^(?:std\.?|stdev|stddev|sd|std\.?\s?(?:err\w*|dev\w*)\.?|stderr|se|s\.e\.|error|err|±|\+\/-|ci.*|conf.*|n|num|count|support|samples?|runs?|times?|secs?|p|p[- ]?values?|pr?\(.*|[tz]( value|-stat\w*)?|\[?0?\.\d+|\d?\.\d+\]?|threshold|epochs?|steps?|version|n-shot)$/i;

/** Rows that begin with a metric's name and have several numbers: which of them it is, the names above say. */
export class RowHeads {
  #names: readonly string[] | null = null;
  #split: "pipes" | "columns" = "pipes";

  /** Takes a line of the output: a line of names heads those below it, until text comes. */
  note(line: string): void {
    if (beginsWithNumber(line)) return;
    if (line.length > MAX_LINE) this.#names = null;
    if (line.length > MAX_LINE || isRule(line)) return;
    const split = splitOf(line);
    const cells = splitCells(tableText(line), split);
    const isHead = cells?.every((cell) => cell.length <= 40 && (cell === "" || cellNumber(cell) === null)) === true;
    if (isHead) {
      this.#names = cells!;
      this.#split = split;
    } else if (cells === null || !cells.some((cell) => cellNumber(cell) !== null)) this.#names = null;
  }

  /** What was read from a line, without values of which a row holds several. */
  settle(line: string, { values, step }: MetricReading, metrics: readonly MetricName[]): MetricReading {
    if (line.length > MAX_LINE || (this.#names === null && !BARS.test(line))) return { values, step };
    const cells = splitCells(tableText(line), splitOf(line));
    if (cells === null) return { values, step };
    const settled = metrics.flatMap((metric) => {
      const found = values.get(metric.name);
      const own = found === undefined ? null : this.#among(found, cells, metric, splitOf(line));
      return own === null ? [] : [[metric.name, own] as const];
    });
    return { values: new Map(settled), step };
  }

  #among(found: FoundValue, cells: readonly string[], metric: MetricName, split: string): FoundValue | null {
    const at = cells.findIndex((cell) => isNamed(cell, metric));
    const numbers = cells.flatMap((cell, index) => {
      const value = index > at ? cellNumber(cell) : null;
      return value === null ? [] : [{ index, value }];
    });
    if (at < 0 || numbers.length < 2 || (split !== "pipes" && cells[at]!.endsWith(":"))) return found;
    const shift = this.#names === null || split !== this.#split ? -1 : cells.length - this.#names.length;
    if (shift !== 0 && shift !== 1) return split === "pipes" ? null : found;
    const named = numbers.map(({ index, value }) => ({ value, head: this.#names![index - shift]! }));
    const telling = named.filter(({ head }) => head !== "" && !BESIDE.test(head));
    const own = telling.find(({ head }) => VALUE.test(head)) ?? (telling.length <= 1 ? (telling[0] ?? named[0]) : null);
    if (own !== null && own !== undefined) return { ...found, value: own.value };
    if (cells.slice(0, at).some((cell) => cell !== "" && cellNumber(cell) === null)) return null;
    const parts = telling.map(({ head }) => head.toLowerCase().replace(/[:.]$/, ""));
    return { ...found, certainty: "doubtful", part: parts.at(-1)!, besides: parts.slice(0, -1) };
  }
}

function isNamed(cell: string, metric: MetricName): boolean {
  const name = cell.replace(/^["'`*]+|["'`*:=]+$/g, "").trim();
  return metric.certaintyOf(name) !== null || metric.within?.rest.certaintyOf(name) != null;
}

function splitOf(line: string): "pipes" | "columns" {
  return BARS.test(line) ? "pipes" : "columns";
}
