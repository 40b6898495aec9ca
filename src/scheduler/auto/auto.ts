import { OptionReader } from "../../component/option-reader.ts";
import type { FidelityParameter } from "../../space/index.ts";
import type { JsonValue } from "../../space/json.ts";
import type { HistoryView } from "../../trial/history-view.ts";
import type { Metric } from "../../trial/metric.ts";
import { createAsha } from "../asha/asha.ts";
import { createMedian } from "../median/median.ts";
import { createNone } from "../none/none.ts";
import type { Scheduler, SchedulerStudy } from "../scheduler.ts";
import { AutoPick } from "./auto-pick.ts";

/**
 * Picks by what the study's trials show: nothing while none told a value in between, `median` while there are few, `asha` once there are many, or from
 * the first on where the study declares a fidelity. What it picks follows from the view, so that it is made again with the decisions.
 */
export function createAuto(
  options: Readonly<Record<string, JsonValue>>,
  metrics: readonly Metric[],
  fidelity: FidelityParameter | null = null,
  study: SchedulerStudy | null = null,
): Scheduler {
  const reader = new OptionReader("scheduler auto", options);
  const few = reader.integer("few", { default: 12, low: 1, high: 1_000_000 });
  reader.done();
  const pick = new AutoPick(few, metrics, fidelity !== null);
  const asha = createAsha({}, metrics, fidelity, study);
  const schedulers = { none: createNone({}), median: createMedian({}, metrics, fidelity, study), asha };
  const chosen = (view: HistoryView): Scheduler => schedulers[pick.of(view).name];
  return {
    name: "auto",
    onReport: (view, trial, report) => {
      const one = chosen(view);
      const decision = one.onReport(view, trial, report);
      return "reason" in decision ? { ...decision, reason: `${one.name}: ${decision.reason}` } : decision;
    },
    onEnd: (view, trial) => asha.onEnd!(view, trial),
    next: (view) => chosen(view).next(view),
    last: (view) => (chosen(view) === asha ? asha.last!(view) : null),
    explain: (view) => pick.of(view).why,
  };
}
