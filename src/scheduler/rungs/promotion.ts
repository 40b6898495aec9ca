import type { HistoryView } from "../../trial/history-view.ts";
import type { Report, Trial } from "../../trial/trial.ts";
import { ordinal } from "../reports/ordinal.ts";
import type { NextDecision, ReportDecision } from "../scheduler.ts";
import type { RungResult } from "./rung-course.ts";
import { rungAbove } from "./rung-plan.ts";
import { inBrackets, type Rungs } from "./rungs.ts";

type Resumption = Extract<NextDecision, { readonly action: "resume" }>;

/** Trials that failed in full after which no more are run for that. */
const MOST_FAILED = 3;

/** The best trial at the highest rung that anybody came to below the end. */
export interface Foremost {
  readonly rung: number;
  readonly trial: number;
  readonly result: RungResult;
  readonly of: number;
  /** Whether it is paused there, and has a finite value of each objective. */
  readonly waits: boolean;
}

/** Pausing and promoting at the rungs of one plan. Of `next` and what it says, of the view that was followed last. */
export class Promotion {
  readonly rungs: Rungs;

  constructor(rungs: Rungs) {
    this.rungs = rungs;
  }

  onReport(view: HistoryView, trial: Trial, report: Report): ReportDecision {
    const { rungs } = this;
    const standing = rungs.options.fidelity === undefined ? rungs.standing(view, trial, report) : null;
    if (standing === null) return { action: "continue" };
    if (!rungs.isJudged(standing.rung)) return { action: "pass", reason: rungs.wordsUnjudged(standing) };
    const promotable = rungs.promotable(standing.of, standing.rung);
    const good = standing.rank <= promotable && standing.worth;
    const reason = `${rungs.words(standing)}, of which ${promotable} run on`;
    return { action: good ? "pass" : "pause", reason };
  }

  /** Rung up to which new trials run. */
  get first(): number | null {
    const { rungs } = this;
    return rungs.results.ladder === null ? null : rungs.stepOf(rungs.plan.first);
  }

  /** A paused trial that is to run on, from the highest rung where there is one. */
  due(): { readonly rung: number; readonly decision: Resumption } | null {
    const { results } = this.rungs;
    if (results.ladder === null) return null;
    for (let rung = results.ladder.rungAt(results.largest); rung >= 0; rung--) {
      const decision = this.#promoted(rung);
      if (decision !== null) return { rung, decision };
    }
    return null;
  }

  foremost(): Foremost | null {
    const { results } = this.rungs;
    const { ladder, largest } = results;
    if (ladder === null) return null;
    for (let rung = ladder.rungAt(largest); rung >= 0; rung--) {
      const best = this.#bestLeft(rung);
      if (best === undefined || ladder.steps[rung]! >= largest) continue;
      const waits = results.isWaiting(best.trial) && this.rungs.judge.isWorth(best);
      return { rung, trial: best.trial, result: best, of: results.countAt(rung), waits };
    }
    return null;
  }

  /** The best of a rung; while none is complete and the best ones failed in full, the best of those that may be run yet. */
  #bestLeft(rung: number): RungResult | undefined {
    const { results } = this.rungs;
    const { complete, failed } = results.ended;
    const others = complete === 0 && failed > 0 && failed < MOST_FAILED;
    return others ? results.bestWaitingAt(rung)?.result : results.bestAt(rung);
  }

  /** The best trial that is paused at a rung, where it is among those that may run on; below the rungs that are judged any. */
  #promoted(rung: number): Resumption | null {
    const { rungs } = this;
    const { results, plan, judge } = rungs;
    const best = results.bestWaitingAt(rung);
    if (best === null) return null;
    const until = rungs.stepOf(rungAbove(plan, rung));
    const goal = until === null ? "its end" : `step ${until}`;
    const { trial } = best.result;
    const told = rungs.told(best.result);
    const step = results.ladder!.steps[rung];
    if (rung < plan.bottom) {
      const reason = `run on to ${goal}: none is judged at step ${step} (${told}); ${results.trustIn(rung).words}`;
      return { action: "resume", trial, until, reason };
    }
    const of = results.countAt(rung);
    const promotable = rungs.promotable(of, rung);
    // The first that is good at the lowest rung runs on to its end at once, so that there is a result to go by.
    const first = promotable === 0 && rung > plan.bottom && !results.anyWhole;
    if (best.better >= (first ? 1 : promotable) || !judge.isWorth(best.result)) return null;
    const place = `${ordinal(best.better + 1)} of ${of} at step ${step}${first ? ", and no trial has run in full" : ""}`;
    return {
      action: "resume",
      trial,
      until,
      reason: `promoted to ${goal}: ${told} is ${place}${inBrackets(best.note)}`,
    };
  }
}

/** The one full run that is kept for the best trial, in words. */
export function lastRun({ rungs }: Promotion, { trial, result, of, rung }: Foremost): Resumption {
  const { results } = rungs;
  const reason = `the budget's last full run: ${rungs.told(result)} is the best of ${of} at step ${results.ladder!.steps[rung]}`;
  return { action: "resume", trial, until: null, reason };
}
