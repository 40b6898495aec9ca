import { decodeNumber, type EncodedNumber, encodeNumber } from "../../trial/encoded-number.ts";
import type { Values } from "../../trial/trial.ts";
import type { Job, JobControl, JobEvents, JobResult } from "../executor.ts";

/** One program of an attempt that starts one a fold. */
export interface FoldRun {
  readonly job: Job;
  readonly events: JobEvents;
  /** The line in the log before its output. */
  readonly title: string;
  /** Seconds that the attempt has taken before. */
  readonly spent: number;
}

/**
 * Runs a job as `folds` programs (two or more), one after another, folds 1 to `folds`. What each ended with is a report at the step of its
 * fold, upon which the tuner may end the job; the values are the means over all folds. The first that does not end well ends the job.
 */
export async function runFolds(
  folds: number,
  job: Job,
  { events, control }: { readonly events: JobEvents; readonly control: JobControl },
  run: (fold: FoldRun) => Promise<JobResult>,
): Promise<JobResult> {
  const begun = performance.now();
  const ended: Values[] = [];
  let units: NonNullable<Job["units"]> = job.units ?? {};
  for (let fold = 1; ; fold++) {
    const result = await run({
      job: { ...job, fold, resumeFrom: null, ...(Object.keys(units).length > 0 && { units }) },
      // What a program reports on its way has steps of its own, which are no folds.
      events: { report: () => undefined, room: () => null, ask: (parameter) => events.ask(parameter) },
      // What the fold before printed may have no line end.
      title: `${fold > 1 ? "\n" : ""}--- fold ${fold} of ${folds} ---\n`,
      spent: (performance.now() - begun) / 1000,
    });
    if (result.state !== "complete") return unfinished(result, fold, folds);
    ended.push(result.values);
    units = { ...unitsOf(result), ...units };
    events.report(fold, decoded(result.values));
    if (fold === folds) return averaged(result, ended, job.metrics);
    await events.settled?.();
    if (control.stop.aborted || control.kill.aborted) return stopped(result);
  }
}

/** Units that the values have, null for none: those of the folds after it have the same. */
function unitsOf({ values, end }: JobResult): NonNullable<Job["units"]> {
  return Object.fromEntries(Object.keys(values).map((name) => [name, end.units?.[name] ?? null]));
}

function decoded(values: Values): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, decodeNumber(value)]));
}

/** A value of one fold is none of the trial's. */
function unfinished(result: JobResult, fold: number, folds: number): JobResult {
  const { message } = result.end;
  if (result.state === null || message === null) return { ...result, values: {} };
  return { ...result, values: {}, end: { ...result.end, message: `Fold ${fold} of ${folds}: ${message}` } };
}

function stopped({ end }: JobResult): JobResult {
  const message = "The tuner ended the trial between two folds.";
  return { state: null, values: {}, end: { ...end, outcome: "preempted", message, exitCode: null, signal: null } };
}

/** With the means of what every fold has a value of. */
function averaged(last: JobResult, folds: readonly Values[], metrics: readonly string[]): JobResult {
  const names = Object.keys(last.values).filter((name) => folds.every((values) => values[name] !== undefined));
  const values = Object.fromEntries(names.map((name) => [name, meanOf(folds.map((fold) => fold[name]!))]));
  const nan = metrics.find((name) => values[name] === "NaN");
  if (nan === undefined) return { ...last, values };
  const message = `The mean of ${nan} over the ${folds.length} folds is NaN: it is infinite in both directions.`;
  return { state: "failed", values, end: { ...last.end, outcome: "nan", message } };
}

function meanOf(encoded: readonly EncodedNumber[]): EncodedNumber {
  const values = encoded.map(decodeNumber);
  const infinite = values.filter((value) => !Number.isFinite(value));
  if (infinite.length > 0) return encodeNumber(infinite.reduce((sum, value) => sum + value, 0));
  // Shifted by the first value, so that large values with small differences keep their digits.
  const first = values[0]!;
  const mean = first + values.reduce((sum, value) => sum + (value - first), 0) / values.length;
  return encodeNumber(mean);
}
