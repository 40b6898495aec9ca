import { OptionReader } from "../../component/option-reader.ts";
import type { FidelityParameter } from "../../space/index.ts";
import type { JsonValue } from "../../space/json.ts";
import type { Metric } from "../../trial/metric.ts";
import type { RungJudge } from "../rungs/rung-judge.ts";
import { learntPlan } from "../rungs/rung-plan.ts";
import type { RungOptions } from "../rungs/rung-results.ts";
import { Rungs, readRungs } from "../rungs/rungs.ts";
import { rungJudge } from "../rungs/study-judge.ts";
import type { Scheduler, SchedulerStudy } from "../scheduler.ts";

/** Successive halving that never pauses, as `asha` in its stopping form. */
export function createHalving(
  options: Readonly<Record<string, JsonValue>>,
  metrics: readonly Metric[],
  fidelity: FidelityParameter | null = null,
  study: SchedulerStudy | null = null,
): Scheduler {
  const reader = new OptionReader("scheduler halving", options);
  const read = readRungs(reader, fidelity);
  reader.done();
  return stoppingHalving("halving", read, rungJudge(metrics, study));
}

/** At each rung a trial stops for good unless it is among the best of `reduction` that came there so far. */
export function stoppingHalving(
  name: string,
  { fidelity: _unitOfReports, ...options }: RungOptions,
  judge: RungJudge | null,
): Scheduler {
  const rungs = judge === null ? null : new Rungs(options, judge, learntPlan);
  return {
    name,
    onReport: (view, trial, report) => {
      const standing = rungs?.standing(view, trial, report) ?? null;
      if (rungs === null || standing === null) return { action: "continue" };
      if (!rungs.isJudged(standing.rung)) return { action: "pass", reason: rungs.wordsUnjudged(standing) };
      const promotable = Math.max(1, rungs.promotable(standing.of, standing.rung));
      const good = standing.rank <= promotable && standing.worth;
      return { action: good ? "pass" : "stop", reason: `${rungs.words(standing)}, of which ${promotable} run on` };
    },
    next: () => ({ action: "start-new", until: null }),
  };
}
