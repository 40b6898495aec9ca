import { OptionReader } from "../../component/option-reader.ts";
import type { FidelityParameter } from "../../space/index.ts";
import type { JsonValue } from "../../space/json.ts";
import type { HistoryView } from "../../trial/history-view.ts";
import type { Metric } from "../../trial/metric.ts";
import type { Report, Trial } from "../../trial/trial.ts";
import { cameToUntil } from "../rungs/came-to-until.ts";
import { lastRun, Promotion } from "../rungs/promotion.ts";
import type { RungJudge } from "../rungs/rung-judge.ts";
import { learntPlan } from "../rungs/rung-plan.ts";
import type { RungOptions } from "../rungs/rung-results.ts";
import { Rungs, readRungs } from "../rungs/rungs.ts";
import { rungJudge } from "../rungs/study-judge.ts";
import type { EndDecision, NextDecision, ReportDecision, Scheduler, SchedulerStudy } from "../scheduler.ts";
import { stoppingHalving } from "./halving.ts";

/**
 * Asynchronous successive halving: Li et al., "A System for Massively Parallel Hyperparameter Tuning" (MLSys 2020), algorithm 2. At each rung
 * a trial pauses unless it is among the best of `reduction`; a paused one is run on as soon as later results make it so. The rungs are
 * values of the study's fidelity, each a run of its own; where it declares none, steps of reports. The lowest ones are used once their order is shown to be
 * that of the rungs above.
 */
export function createAsha(
  options: Readonly<Record<string, JsonValue>>,
  metrics: readonly Metric[],
  fidelity: FidelityParameter | null = null,
  study: SchedulerStudy | null = null,
): Scheduler {
  const reader = new OptionReader("scheduler asha", options);
  const read = readRungs(reader, fidelity);
  const form = reader.word("form", ["pausing", "stopping"] as const, "pausing");
  reader.done();
  const judge = rungJudge(metrics, study);
  return form === "pausing" ? new Promoting(read, judge) : stoppingHalving("asha", read, judge);
}

class Promoting implements Scheduler {
  readonly name = "asha";
  readonly #rungs: Rungs | null;
  readonly #promotion: Promotion | null;

  constructor(options: RungOptions, judge: RungJudge | null) {
    this.#rungs = judge === null ? null : new Rungs(options, judge, learntPlan);
    this.#promotion = this.#rungs === null ? null : new Promotion(this.#rungs);
  }

  onReport(view: HistoryView, trial: Trial, report: Report): ReportDecision {
    return this.#promotion?.onReport(view, trial, report) ?? { action: "continue" };
  }

  onEnd(view: HistoryView, trial: Trial): EndDecision {
    return cameToUntil(this.#rungs, view, trial);
  }

  next(view: HistoryView): NextDecision {
    this.#rungs?.results.follow(view);
    return this.#promotion?.due()?.decision ?? { action: "start-new", until: this.#promotion?.first ?? null };
  }

  /** One full run is kept for the best trial at the highest rung that anybody came to: no winner is chosen by a part of its run. */
  last(view: HistoryView): Extract<NextDecision, { readonly action: "resume" }> | null {
    this.#rungs?.results.follow(view);
    const foremost = this.#promotion?.foremost() ?? null;
    if (foremost === null || !foremost.waits) return null;
    return lastRun(this.#promotion!, foremost);
  }
}
