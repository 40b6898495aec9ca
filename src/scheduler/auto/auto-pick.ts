import { RowReader } from "../../trial/history/row-reader.ts";
import { type HistoryView, STATE_CODES } from "../../trial/history-view.ts";
import type { Metric } from "../../trial/metric.ts";
import { MetricByStep } from "../reports/metric-by-step.ts";

const COMPLETE = STATE_CODES.indexOf("complete");
/** Steps with a value below which there is nothing to cut short. */
const FEWEST_STEPS = 3;

/** What `auto` goes by, and why in words. */
export interface Picked {
  readonly name: "none" | "median" | "asha";
  readonly why: string;
}

/** What to go by, from the rows of one view after another. */
export class AutoPick {
  readonly #few: number;
  readonly #metrics: readonly Metric[];
  readonly #declared: boolean;
  readonly #reader = new RowReader();
  /** Trials that came to an end, in parts or whole, as long as there are few. */
  #ended = new Set<number>();
  #complete = 0;
  /** Of the first complete trial that told so many, the steps at which it told each objective. */
  #steps = 0;

  /** `few`: ended trials up to which there are few; `declared`: the study has a fidelity. */
  constructor(few: number, metrics: readonly Metric[], declared: boolean) {
    this.#few = few;
    this.#metrics = metrics;
    this.#declared = declared;
  }

  of(view: HistoryView): Picked {
    if (this.#metrics.length === 0) return { name: "none", why: "none: the study has no metric to go by" };
    if (this.#declared)
      return { name: "asha", why: "asha: the study declares a fidelity, so that trials can be run in part" };
    for (const row of this.#reader.follow(view, () => this.#begin())) this.#take(view, row);
    if (this.#steps < FEWEST_STEPS) return { name: "none", why: this.#whyNone() };
    const told = `trials tell ${this.#names} at ${this.#steps} steps`;
    if (this.#ended.size <= this.#few)
      return { name: "median", why: `median: ${told}, and no more than ${this.#few} have come to an end or a rung` };
    return { name: "asha", why: `asha: ${told}, and more than ${this.#few} have come to an end or a rung` };
  }

  #whyNone(): string {
    if (this.#complete === 0) return "none so far: no trial is complete yet";
    if (this.#steps === 0) return `none: no trial tells ${this.#names} before its end`;
    return `none: trials tell ${this.#names} at ${this.#steps === 1 ? "one step" : `${this.#steps} steps`}, too few to cut short`;
  }

  get #names(): string {
    return this.#metrics.map(({ name }) => name).join(" and ");
  }

  #begin(): void {
    this.#ended = new Set();
    this.#complete = 0;
    this.#steps = 0;
  }

  #take(view: HistoryView, row: number): void {
    const { trial: numbers, state } = view.columns;
    const number = numbers[row]!;
    if (this.#ended.size <= this.#few) this.#ended.add(number);
    if (state[row] !== COMPLETE) return;
    this.#complete = 1;
    const reports = this.#steps >= FEWEST_STEPS ? undefined : view.reports(number);
    if (reports === undefined) return;
    const told = this.#metrics.map(({ name }) => MetricByStep.of(reports, reports.length, name).length);
    this.#steps = Math.max(this.#steps, Math.min(...told));
  }
}
