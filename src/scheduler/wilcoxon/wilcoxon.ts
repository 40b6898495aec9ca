import { OptionReader } from "../../component/option-reader.ts";
import { signedRankTest } from "../../numeric/stats/signed-rank.ts";
import { compareValues } from "../../objective/index.ts";
import type { JsonValue } from "../../space/json.ts";
import { decodeNumber } from "../../trial/encoded-number.ts";
import { RowReader } from "../../trial/history/row-reader.ts";
import { type HistoryView, STATE_CODES } from "../../trial/history-view.ts";
import type { Metric } from "../../trial/metric.ts";
import type { Report, Trial } from "../../trial/trial.ts";
import type { ReportDecision, Scheduler } from "../scheduler.ts";

const COMPLETE = STATE_CODES.indexOf("complete");

interface WilcoxonOptions {
  readonly level: number;
  readonly startup: number;
}

/**
 * For values that repeat on the same parts of the data, in whatever order: folds, test sets, seeds, each a step. A trial stops when the signed-rank
 * test says that it is worse on the parts it has seen than the best complete trial was on the same (Wilcoxon, 1945), and its mean is worse too.
 */
export function createWilcoxon(options: Readonly<Record<string, JsonValue>>, metrics: readonly Metric[]): Scheduler {
  const reader = new OptionReader("scheduler wilcoxon", options);
  const read: WilcoxonOptions = {
    level: reader.number("level", { default: 0.05, low: Number.MIN_VALUE, high: 0.5 }),
    startup: reader.integer("startup", { default: 5, low: 2, high: Number.MAX_SAFE_INTEGER }),
  };
  reader.done();
  const [metric] = metrics;
  const best = metric && new BestTrial(metric);
  return {
    name: "wilcoxon",
    onReport: (view, trial, report) =>
      best === undefined ? { action: "continue" } : decide(read, best, view, trial, report),
    next: () => ({ action: "start-new", until: null }),
  };
}

function decide(
  { level, startup }: WilcoxonOptions,
  best: BestTrial,
  view: HistoryView,
  trial: Trial,
  report: Report,
): ReportDecision {
  const { metric } = best;
  const first = best.of(view);
  const rival = first === null || first === trial.number ? undefined : view.trial(first);
  if (rival === undefined || report.values[metric.name] === undefined) return { action: "continue" };
  const differences = pairedLosses(trial, report.seq, rival, metric);
  if (differences.length < startup) return { action: "continue" };
  const mean = differences.reduce((sum, difference) => sum + difference, 0) / differences.length;
  const p = signedRankTest(differences);
  if (!(mean > 0) || p >= level) return { action: "continue" };
  const worse = `${metric.name} worse by ${rounded(mean)} on average than trial ${rival.number}, the best so far`;
  return {
    action: "stop",
    reason: `${worse}, on ${differences.length} steps of both (signed-rank test, p = ${rounded(p)})`,
  };
}

/** By how much the trial is worse at each step that both have a finite value of, the newest where there are several. */
function pairedLosses(trial: Trial, seq: number, rival: Trial, metric: Metric): readonly number[] {
  const sign = metric.direction === "minimize" ? 1 : -1;
  const [own, theirs] = [
    valuesByStep(trial, seq, metric.name),
    valuesByStep(rival, rival.reports.length - 1, metric.name),
  ];
  return [...own].flatMap(([step, value]) => {
    const other = theirs.get(step);
    return other === undefined ? [] : [sign * (value - other)];
  });
}

function valuesByStep({ reports }: Trial, seq: number, metric: string): ReadonlyMap<number, number> {
  const values = new Map<number, number>();
  for (let k = 0; k <= seq; k++) {
    const report = reports[k];
    const value = report?.values[metric];
    if (report === undefined || value === undefined) continue;
    const number = decodeNumber(value);
    if (Number.isFinite(number)) values.set(report.step, number);
    else values.delete(report.step);
  }
  return values;
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** The complete trial with the best value, each row of views that follow one another looked at once. */
class BestTrial {
  readonly metric: Metric;
  readonly #reader = new RowReader();
  #row: number | null = null;

  constructor(metric: Metric) {
    this.metric = metric;
  }

  of(view: HistoryView): number | null {
    const fresh = this.#reader.follow(view, () => {
      this.#row = null;
    });
    const { state, trial, values } = view.columns;
    const column = values[this.metric.name];
    for (const row of fresh) {
      if (state[row] !== COMPLETE || column === undefined || !Number.isFinite(column[row])) continue;
      const better = this.#row === null || compareValues(column[row]!, column[this.#row]!, this.metric.direction) < 0;
      if (better) this.#row = row;
    }
    return this.#row === null ? null : trial[this.#row]!;
  }
}
