import { compareValues } from "../../objective/index.ts";
import type { HistoryView } from "../../trial/history-view.ts";
import type { Metric } from "../../trial/metric.ts";
import type { Report, Trial } from "../../trial/trial.ts";
import type { SchedulerEntry } from "../registry.ts";
import type { EndDecision, NextDecision, ReportDecision, Scheduler } from "../scheduler.ts";

/** The steps of the rungs; a trial runs on to the last. */
export const HALVING_RUNGS = [1, 3, 9] as const;
const ETA = 3;

interface RungResult {
  readonly trial: number;
  readonly value: number;
}

/** What trials had at the end of each rung, best first; a trial that began anew counts once. */
function resultsByRung(view: HistoryView, { name, direction }: Metric): readonly (readonly RungResult[])[] {
  const { trial, step, values } = view.columns;
  const rungs = HALVING_RUNGS.map(() => new Map<number, number>());
  for (const row of view.rows) {
    const rung = HALVING_RUNGS.findLastIndex((one) => one <= step[row]!);
    const value = values[name]![row]!;
    if (rung >= 0 && !rungs[rung]!.has(trial[row]!)) rungs[rung]!.set(trial[row]!, value);
  }
  return rungs.map((rung) =>
    [...rung]
      .map(([number, value]) => ({ trial: number, value }))
      .sort((a, b) => compareValues(a.value, b.value, direction) || a.trial - b.trial),
  );
}

/** The rung that a trial is on its way to, or the last. */
function rungAhead(view: HistoryView, trial: number): number {
  const { columns, rows } = view;
  const own = rows.filter((row) => columns.trial[row] === trial);
  const reports = view.reports(trial);
  let reached = Math.max(0, ...own.map((row) => columns.step[row]!).filter(Number.isFinite));
  for (let seq = 0; seq < (columns.reports[own.at(-1) ?? -1] ?? 0); seq++)
    reached = Math.max(reached, reports!.step(seq));
  const ahead = HALVING_RUNGS.findIndex((rung) => rung > reached);
  return ahead < 0 ? HALVING_RUNGS.length - 1 : ahead;
}

/** Pauses each trial at its rung, and runs the best third of each rung on. */
class Halving implements Scheduler {
  readonly name = "halving-example";
  readonly #metric: Metric;

  constructor(metric: Metric) {
    this.#metric = metric;
  }

  /** Programs that do not end at the step they are given: theirs is paused with the first report behind it. */
  onReport(_view: HistoryView, { segments }: Trial, { step }: Report): ReportDecision {
    const until = segments.at(-1)?.until ?? null;
    if (until === null || step <= until) return { action: "continue" };
    return { action: "pause", reason: `beyond the rung at step ${until}` };
  }

  onEnd(_view: HistoryView, { segments }: Trial): EndDecision {
    const until = segments.at(-1)?.until ?? null;
    return until === null ? { action: "finish" } : { action: "pause", reason: `the end of the rung at step ${until}` };
  }

  next(view: HistoryView): NextDecision {
    const paused = new Set(view.paused);
    const results = resultsByRung(view, this.#metric);
    for (let rung = HALVING_RUNGS.length - 2; rung >= 0; rung--) {
      const of = results[rung]!;
      const best = of.slice(0, Math.floor(of.length / ETA));
      const due = best.find(({ trial }) => paused.has(trial) && rungAhead(view, trial) === rung + 1);
      if (due === undefined) continue;
      const until = rung + 2 < HALVING_RUNGS.length ? HALVING_RUNGS[rung + 1]! : null;
      const place = best.indexOf(due) + 1;
      return {
        action: "resume",
        trial: due.trial,
        until,
        reason: `number ${place} of ${of.length} at step ${HALVING_RUNGS[rung]}`,
      };
    }
    return { action: "start-new", until: HALVING_RUNGS[0] };
  }
}

/** The stopping form: no trial is paused; one that is not among the best third at a rung ends there, the others pass it. */
class StoppingHalving implements Scheduler {
  readonly name = "stopping-example";
  readonly #metric: Metric;

  constructor(metric: Metric) {
    this.#metric = metric;
  }

  onReport(view: HistoryView, { number }: Trial, { step, values }: Report): ReportDecision {
    const rung = rungAhead(view, number);
    const told = values[this.#metric.name];
    if (told === undefined || step < HALVING_RUNGS[rung]! || rung === HALVING_RUNGS.length - 1)
      return { action: "continue" };
    const others = resultsByRung(view, this.#metric)[rung]!.filter(({ trial }) => trial !== number);
    const better = others.filter(({ value }) => compareValues(value, Number(told), this.#metric.direction) <= 0).length;
    const among = `${better} of ${others.length} were no worse at step ${step}`;
    return { action: better * ETA >= Math.max(ETA, others.length + 1) ? "stop" : "pass", reason: among };
  }

  next(): NextDecision {
    return { action: "start-new", until: null };
  }
}

/** For tests: successive halving over the rungs 1, 3 and 9, asynchronously; the rows of rungs are all it knows of. */
export const HALVING: SchedulerEntry = {
  name: "halving-example",
  watches: true,
  promotes: true,
  create: (_options, metrics) => new Halving(metrics[0]!),
};

export const STOPPING_HALVING: SchedulerEntry = {
  name: "stopping-example",
  watches: true,
  promotes: false,
  create: (_options, metrics) => new StoppingHalving(metrics[0]!),
};
