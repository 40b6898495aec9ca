import type { TrialReports } from "../../trial/trial-reports.ts";
import type { Follower } from "../reports/followers.ts";
import { MetricByStep } from "../reports/metric-by-step.ts";
import type { Ladder } from "./ladder.ts";
import type { RungJudge } from "./rung-judge.ts";

/** What a trial came to at a rung. */
export interface RungResult {
  readonly trial: number;
  /** Of the first objective. */
  readonly value: number;
  /** Of the others, and of what limits look at, as far as it was told; left out where one objective is all. */
  readonly others?: Readonly<Record<string, number>>;
}

export interface Reached extends RungResult {
  readonly rung: number;
  /** Number of the report with which it came there. */
  readonly seq: number;
}

/**
 * The rungs that a trial came to by its reports, from the first one on by which it told each objective, each with the values that it had then. A rung that it leapt
 * over with one report is none of them. All follows from the reports, so that it holds for any count of them.
 */
export class RungCourse implements Follower {
  readonly #trial: number;
  readonly #ladder: Ladder;
  readonly #smooth: number;
  readonly #values: MetricByStep;
  readonly #others: readonly (readonly [name: string, values: MetricByStep, isObjective: boolean])[];
  /** In the order of rungs and of reports. */
  readonly #reached: Reached[] = [];
  #firstTold: number | null = null;

  constructor(trial: number, { metrics, others }: RungJudge, ladder: Ladder, smooth: number) {
    this.#trial = trial;
    this.#ladder = ladder;
    this.#smooth = smooth;
    this.#values = new MetricByStep(metrics[0]!.name);
    const objectives = new Set(metrics.map(({ name }) => name));
    this.#others = others.map((name) => [name, new MetricByStep(name), objectives.has(name)]);
  }

  get count(): number {
    return this.#values.count;
  }

  read(reports: TrialReports, count: number): void {
    for (let seq = this.count; seq < count; seq++) {
      this.#values.read(reports, seq + 1);
      for (const [, values] of this.#others) values.read(reports, seq + 1);
      if (!this.#isTold) continue;
      this.#firstTold ??= seq;
      const rung = this.#ladder.rungAt(reports.step(seq));
      if (rung <= (this.#reached.at(-1)?.rung ?? -1)) continue;
      const value = valueBy(this.#values, reports.step(seq), this.#smooth);
      const others = this.#others.length === 0 ? {} : { others: this.#othersBy(reports.step(seq)) };
      this.#reached.push({ trial: this.#trial, value, ...others, rung, seq });
    }
  }

  get #isTold(): boolean {
    return this.#values.length > 0 && this.#others.every(([, { length }, isObjective]) => !isObjective || length > 0);
  }

  #othersBy(step: number): Readonly<Record<string, number>> {
    const told = this.#others.filter(([, values]) => values.placeOf(step) >= 0);
    return Object.fromEntries(told.map(([name, values]) => [name, valueBy(values, step, this.#smooth)]));
  }

  /** True where the reports before `count` do not tell each objective. */
  isSilent(count: number): boolean {
    return this.#firstTold === null || this.#firstTold >= count;
  }

  /** Rungs reached with the reports from number `from` on and before `count`, lowest first. */
  between(from: number, count: number): readonly Reached[] {
    return this.#reached.filter(({ seq }) => seq >= from && seq < count);
  }
}

/** What a trial had at a step: NaN where it had told no value by then. */
function valueBy(values: MetricByStep, step: number, smooth: number): number {
  const place = values.placeOf(step);
  return place < 0 ? Number.NaN : values.smoothed(place, smooth);
}
