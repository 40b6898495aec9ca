import { OptionReader } from "../../component/option-reader.ts";
import type { FidelityParameter } from "../../space/index.ts";
import type { JsonValue } from "../../space/json.ts";
import type { Metric } from "../../trial/metric.ts";
import { cameToUntil } from "../rungs/came-to-until.ts";
import { readRungs } from "../rungs/rungs.ts";
import { rungJudge } from "../rungs/study-judge.ts";
import type { Scheduler, SchedulerStudy } from "../scheduler.ts";
import { Brackets } from "./brackets.ts";

/**
 * Asynchronous Hyperband: Li et al., "Hyperband: A Novel Bandit-Based Approach to Hyperparameter Optimization" (JMLR 2018), with the brackets of successive
 * halving run side by side as `asha` runs one. Each begins at a rung of its own, and new trials go to the bracket that has cost least so far.
 */
export function createHyperband(
  options: Readonly<Record<string, JsonValue>>,
  metrics: readonly Metric[],
  fidelity: FidelityParameter | null = null,
  study: SchedulerStudy | null = null,
): Scheduler {
  const reader = new OptionReader("scheduler hyperband", options);
  const read = readRungs(reader, fidelity);
  reader.done();
  const name = "hyperband";
  const judge = rungJudge(metrics, study);
  if (judge === null)
    return { name, onReport: () => ({ action: "continue" }), next: () => ({ action: "start-new", until: null }) };
  const brackets = new Brackets(read, judge);
  return {
    name,
    onReport: (view, trial, report) => {
      brackets.follow(view);
      return brackets.of(trial)?.onReport(view, trial, report) ?? { action: "continue" };
    },
    onEnd: (view, trial) => cameToUntil(brackets.any, view, trial),
    next: (view) => {
      brackets.follow(view);
      return brackets.due ?? { action: "start-new", until: brackets.cheapest };
    },
    last: (view) => {
      brackets.follow(view);
      return brackets.last;
    },
  };
}
