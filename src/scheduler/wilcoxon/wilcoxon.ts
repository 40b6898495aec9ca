import { OptionReader } from "../../component/option-reader.ts";
import { signedRankTest } from "../../numeric/stats/signed-rank.ts";
import { compareValues } from "../../objective/index.ts";
import type { JsonValue } from "../../space/json.ts";
import { RowReader } from "../../trial/history/row-reader.ts";
import { type HistoryView, STATE_CODES } from "../../trial/history-view.ts";
import type { Metric } from "../../trial/metric.ts";
import type { Trial } from "../../trial/trial.ts";
import { Followers } from "../reports/followers.ts";
import { MetricByStep } from "../reports/metric-by-step.ts";
import type { ReportDecision, Scheduler } from "../scheduler.ts";
import { PairedLosses } from "./paired-losses.ts";
import { readStrictness, strictnessAt, type WilcoxonOptions } from "./strictness.ts";

const COMPLETE = STATE_CODES.indexOf("complete");

/**
 * For values that repeat on the same parts of the data, in whatever order: folds, test sets, seeds, each a step. A trial stops when the signed-rank
 * test says that it is worse on the parts it has seen than the best complete trial was on the same (Wilcoxon, 1945), and its mean is worse too.
 */
export function createWilcoxon(options: Readonly<Record<string, JsonValue>>, metrics: readonly Metric[]): Scheduler {
  const reader = new OptionReader("scheduler wilcoxon", options);
  const read = readStrictness(reader);
  reader.done();
  const [metric] = metrics;
  if (metric === undefined)
    return {
      name: "wilcoxon",
      onReport: () => ({ action: "continue" }),
      next: () => ({ action: "start-new", until: null }),
    };
  const best = new BestTrial(metric);
  const followers = new Followers(() => new PairedLosses(metric));
  return {
    name: "wilcoxon",
    onReport: (view, trial, report) => {
      if (report.values[metric.name] === undefined) return { action: "continue" };
      const own = followers.of(view, trial.number, report.seq + 1);
      return decide(read, metric, best.of(view), own, trial);
    },
    next: () => ({ action: "start-new", until: null }),
  };
}

function decide(
  options: WilcoxonOptions,
  metric: Metric,
  best: Rival | null,
  own: PairedLosses,
  trial: Trial,
): ReportDecision {
  if (best === null || best.trial === trial.number) return { action: "continue" };
  const { losses, mean } = own.beside(best.values);
  const { level, startup } = strictnessAt(options, best.values.length);
  // One that has as many parts as the best is at its end, and nothing is left to be saved.
  const few = losses.length < startup || losses.length >= best.values.length;
  if (few || !(mean > 0)) return { action: "continue" };
  const p = signedRankTest(losses);
  if (p >= level) return { action: "continue" };
  const worse = `${metric.name} worse by ${rounded(mean)} on average than trial ${best.trial}, the best so far`;
  return {
    action: "stop",
    reason: `${worse}, on ${losses.length} steps of both (signed-rank test, p = ${rounded(p)})`,
  };
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(3)));
}

interface Rival {
  readonly trial: number;
  readonly values: MetricByStep;
}

/** The complete trial with the best value, each row of views that follow one another looked at once. */
class BestTrial {
  readonly #metric: Metric;
  readonly #reader = new RowReader();
  #row: number | null = null;
  #rival: Rival | null = null;

  constructor(metric: Metric) {
    this.#metric = metric;
  }

  of(view: HistoryView): Rival | null {
    const fresh = this.#reader.follow(view, () => {
      this.#row = null;
      this.#rival = null;
    });
    for (const row of fresh) if (this.#isBetter(view, row)) this.#row = row;
    const trial = this.#row === null ? undefined : view.columns.trial[this.#row];
    if (trial !== this.#rival?.trial) this.#rival = trial === undefined ? null : this.#read(view, trial);
    return this.#rival;
  }

  #isBetter({ columns: { state, values } }: HistoryView, row: number): boolean {
    const column = values[this.#metric.name];
    if (state[row] !== COMPLETE || column === undefined || !Number.isFinite(column[row])) return false;
    return this.#row === null || compareValues(column[row]!, column[this.#row]!, this.#metric.direction) < 0;
  }

  #read(view: HistoryView, trial: number): Rival | null {
    const reports = view.reports(trial);
    return reports === undefined
      ? null
      : { trial, values: MetricByStep.of(reports, reports.length, this.#metric.name) };
  }
}
