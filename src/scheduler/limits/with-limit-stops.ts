import type { Scheduler } from "../scheduler.ts";
import type { LimitStop } from "./limit-stop.ts";

/** A scheduler in a study with limits that can only get worse: a trial that breaks one stops with that report, whatever the scheduler thinks of it. */
export function withLimitStops(scheduler: Scheduler, stop: LimitStop): Scheduler {
  const { onEnd, last, explain, least } = scheduler;
  return {
    name: scheduler.name,
    ...(least !== undefined && { least }),
    onReport: (view, trial, report) => {
      const reason = stop.reason(view, trial, report);
      return reason === null ? scheduler.onReport(view, trial, report) : { action: "stop", reason };
    },
    next: (view) => scheduler.next(view),
    ...(onEnd && { onEnd: (view, trial) => onEnd.call(scheduler, view, trial) }),
    ...(last && { last: (view) => last.call(scheduler, view) }),
    ...(explain && { explain: (view) => explain.call(scheduler, view) }),
  };
}
