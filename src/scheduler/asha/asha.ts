import { OptionReader } from "../../component/option-reader.ts";
import type { FidelityParameter } from "../../space/index.ts";
import type { JsonValue } from "../../space/json.ts";
import type { HistoryView } from "../../trial/history-view.ts";
import type { Metric } from "../../trial/metric.ts";
import type { Report, Trial } from "../../trial/trial.ts";
import type { TrialReports } from "../../trial/trial-reports.ts";
import { ordinal } from "../reports/ordinal.ts";
import type { EndDecision, NextDecision, ReportDecision, Scheduler } from "../scheduler.ts";
import { stoppingHalving } from "./halving.ts";
import type { RungOptions } from "./rung-results.ts";
import { Rungs, readRungs } from "./rungs.ts";

/**
 * Asynchronous successive halving: Li et al., "A System for Massively Parallel Hyperparameter Tuning" (MLSys 2020), algorithm 2. At each rung
 * a trial pauses unless it is among the best of `reduction`; a paused one is run on as soon as later results make it so. The rungs are
 * values of the study's fidelity, each a run of its own; where it declares none, steps of reports.
 */
export function createAsha(
  options: Readonly<Record<string, JsonValue>>,
  metrics: readonly Metric[],
  fidelity: FidelityParameter | null = null,
): Scheduler {
  const reader = new OptionReader("scheduler asha", options);
  const read = readRungs(reader, fidelity);
  const form = reader.word("form", ["pausing", "stopping"] as const, "pausing");
  reader.done();
  return form === "pausing" ? new Promoting(read, metrics) : stoppingHalving("asha", read, metrics);
}

class Promoting implements Scheduler {
  readonly name = "asha";
  readonly #rungs: Rungs | null;

  constructor(options: RungOptions, [metric]: readonly Metric[]) {
    this.#rungs = metric === undefined ? null : new Rungs(options, metric);
  }

  onReport(view: HistoryView, trial: Trial, report: Report): ReportDecision {
    const byReports = this.#rungs?.options.fidelity === undefined ? this.#rungs : null;
    const standing = byReports?.standing(view, trial, report) ?? null;
    if (this.#rungs === null || standing === null) return { action: "continue" };
    const promotable = this.#rungs.promotable(standing.of);
    const good = standing.rank <= promotable && Number.isFinite(standing.value);
    const reason = `${this.#rungs.words(standing)}, of which ${promotable} run on`;
    return { action: good ? "pass" : "pause", reason };
  }

  /** A program that ended at the step it was to run up to has more to come; one that ended before it had no more. */
  onEnd(view: HistoryView, { number, segments, values }: Trial): EndDecision {
    const until = segments.at(-1)?.until ?? null;
    if (this.#rungs === null || until === null) return { action: "finish" };
    const { fidelity } = this.#rungs.options;
    if (fidelity !== undefined && until < fidelity.high)
      return { action: "pause", reason: `ran with ${fidelity.name} ${until}${this.#told(values)}` };
    this.#rungs.results.follow(view);
    const [came, before] = largestSteps(view.reports(number));
    const reached = came ?? until;
    // Whoever reports at two steps behind it does not know of it, and has ended by itself. One may be a last line, counted as a step.
    const unaware = before !== null && before > until;
    const { largest } = this.#rungs.results;
    const whole = this.#rungs.options.largest === null ? reached >= largest : reached > largest;
    if (reached < until || unaware || until >= largest || whole) return { action: "finish" };
    return { action: "pause", reason: `came to step ${until}, up to which it was run` };
  }

  /** What a run ended with, in words. */
  #told(values: Trial["values"]): string {
    const { name } = this.#rungs!.metric;
    const value = values[name];
    return value === undefined ? "" : `: ${name} ${value}`;
  }

  next(view: HistoryView): NextDecision {
    if (this.#rungs === null) return { action: "start-new", until: null };
    const { results } = this.#rungs;
    results.follow(view);
    const { ladder, largest } = results;
    if (ladder === null) return { action: "start-new", until: null };
    for (let rung = ladder.rungAt(largest); rung >= 0; rung--) {
      const found = this.#promoted(rung);
      if (found !== null) return found;
    }
    return { action: "start-new", until: ladder.above(-1, largest) };
  }

  /** One full run is kept for the best trial at the highest rung that anybody came to: no winner is chosen by a part of its run. */
  last(view: HistoryView): Extract<NextDecision, { readonly action: "resume" }> | null {
    if (this.#rungs === null) return null;
    const { results, what } = this.#rungs;
    results.follow(view);
    const { ladder, largest } = results;
    if (ladder === null) return null;
    for (let rung = ladder.rungAt(largest); rung >= 0; rung--) {
      const best = results.bestAt(rung);
      if (best === undefined || ladder.steps[rung]! >= largest) continue;
      if (!Number.isFinite(best.value) || !results.isWaiting(best.trial)) return null;
      const reason = `the budget's last full run: ${what} ${best.value} is the best of ${results.countAt(rung)} at step ${ladder.steps[rung]}`;
      return { action: "resume", trial: best.trial, until: null, reason };
    }
    return null;
  }

  /** The best trial that is paused at a rung, where it is among those that may run on. */
  #promoted(rung: number): NextDecision | null {
    const { results, what } = this.#rungs!;
    const best = results.bestWaitingAt(rung);
    const of = results.countAt(rung);
    if (best === null || best.better >= this.#rungs!.promotable(of) || !Number.isFinite(best.result.value)) return null;
    const { trial, value } = best.result;
    const until = results.ladder!.above(rung, results.largest);
    const goal = until === null ? "its end" : `step ${until}`;
    const place = `${ordinal(best.better + 1)} of ${of} at step ${results.ladder!.steps[rung]}`;
    return { action: "resume", trial, until, reason: `promoted to ${goal}: ${what} ${value} is ${place}` };
  }
}

/** The two largest steps that were reported, null where there are none. */
function largestSteps(reports: TrialReports | undefined): readonly [number | null, number | null] {
  let [first, second]: [number | null, number | null] = [null, null];
  for (let seq = 0; seq < (reports?.length ?? 0); seq++) {
    const step = reports!.step(seq);
    if (first === null || step > first) [first, second] = [step, first];
    else if (step < first && (second === null || step > second)) second = step;
  }
  return [first, second];
}
