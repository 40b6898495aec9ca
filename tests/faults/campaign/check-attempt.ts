import { attemptKey, type Entry } from "./journal.ts";
import { type Problem, problem } from "./problem.ts";
import type { AttemptRow, TrialRow } from "./study-rows.ts";
import type { Tuner } from "./tuner.ts";

/** What may come of a trial whose program was told to do something, besides `ok`. */
const OUTCOMES: Readonly<Record<string, readonly string[]>> = {
  "swap reports pipe": ["no-metric"],
  "swap reports endless": ["bad-output"],
  "swap metrics endless": ["bad-output"],
  "swap events endless": ["bad-output"],
  "swap stop": ["timeout"],
  hang: ["timeout"],
  stubborn: ["timeout"],
  fail: ["exit-code"],
  "kill-parent": ["lost"],
};
/** Seconds in which a tuner that may work has written down what its program brought. */
const SLACK = 5;
/** Losses after which a trial is given up. */
const MOST_LOSSES = 3;

/** What was done to programs and to the disk, besides what tuners and the journal tell themselves. */
export interface Deeds {
  /** Attempts (`trial.attempt`) whose program was killed or stopped. */
  readonly hit: Set<string>;
  /** Places of tuners that had no room: what their programs could not do is no fault of anybody. */
  readonly cramped: Set<number>;
}

/** What an attempt is judged by. */
export interface AttemptContext {
  readonly deeds: Deeds;
  readonly journal: ReadonlyMap<string, readonly Entry[]>;
  readonly owners: ReadonlyMap<number, Tuner>;
}

/** Tuners by the ids of their processes. */
export function ownersOf(tuners: readonly Tuner[]): ReadonlyMap<number, Tuner> {
  return new Map(tuners.map((tuner) => [tuner.pid, tuner]));
}

/** What is wrong with an attempt: its value, or its end without a reason. */
export function* attemptProblems(trial: TrialRow, row: AttemptRow, context: AttemptContext): Iterable<Problem> {
  const key = attemptKey(row);
  const entries = context.journal.get(key) ?? [];
  const end = entries.find(({ what }) => what === "end");
  const words = `attempt ${key} (${row.outcome}: ${row.message?.split("\n")[0] ?? ""})`;
  if (row.outcome === "ok") {
    const value = Number(end?.rest);
    if (end === undefined) yield problem("wrong", `${words} never came to its end`);
    else if (value !== trial.loss || value !== trial.x)
      yield problem("wrong", `${words} reported ${value}, the log has ${trial.loss} of ${trial.x}`);
    return;
  }
  if (row.end === null || row.outcome === "paused") return;
  if (row.outcome === "lost" || row.outcome === "preempted") yield* againProblems(trial, row, end, words, context);
  else if (!mayFail(row, entries, context)) yield problem("wrong", `${words} failed, and nothing was done to it`);
}

/** An attempt that runs again needs a reason, and what had come to its end long before that reason must not. */
function* againProblems(
  trial: TrialRow,
  row: AttemptRow,
  end: Entry | undefined,
  words: string,
  { owners, journal, deeds }: AttemptContext,
): Iterable<Problem> {
  if (row.owner === null) return;
  if (end !== undefined && row.message?.includes("could not be run"))
    yield problem("lost", `${words} had come to its end`);
  const owner = owners.get(row.owner);
  if (owner === undefined) {
    yield problem("wrong", `${words} is of process ${row.owner}, which nobody started`);
    return;
  }
  const parents = [...journal.values()]
    .flat()
    .filter(({ tuner, what, rest }) => tuner === owner.place && what === "order" && rest.startsWith("kill-parent"));
  const at = [...owner.killedAt, ...owner.launcherKilledAt, ...owner.askedAt, ...parents.map((entry) => entry.at)];
  const reasons = at.filter((moment) => end === undefined || moment < end.at + SLACK);
  if (at.length === 0 && !deeds.cramped.has(owner.place))
    yield problem("lost", `${words} runs again, and nothing was done to its tuner`);
  else if (end !== undefined && reasons.length === 0 && !deeds.cramped.has(owner.place))
    yield problem(
      "lost",
      `${words} had come to its end ${(Math.min(...at) - end.at).toFixed(1)} s before anything was done to its tuner`,
    );
  if (
    row.end === "finished" &&
    [...new Set(trial.attempts)].filter(({ outcome }) => outcome === "lost").length < MOST_LOSSES
  )
    yield problem("lost", `${words} was given up before its third loss`);
}

/** On a machine that has much else to do, a program may truly take longer than its limit. */
const TRIAL_LIMIT = 3;

function mayFail(row: AttemptRow, entries: readonly Entry[], { deeds, owners }: AttemptContext): boolean {
  if (row.outcome === "timeout" && (row.seconds ?? 0) >= TRIAL_LIMIT) return true;
  if (deeds.hit.has(attemptKey(row))) return row.outcome === "signal" || row.outcome === "timeout";
  const owner = row.owner === null ? undefined : owners.get(row.owner);
  if (owner !== undefined && deeds.cramped.has(owner.place)) return true;
  const order = entries.find(({ what }) => what === "order")?.rest.trim() ?? "";
  const known = Object.keys(OUTCOMES).filter((words) => order.startsWith(words));
  return known.some((words) => OUTCOMES[words]!.includes(String(row.outcome)));
}
