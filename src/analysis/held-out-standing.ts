import { jsonEqual } from "../space/json-equal.ts";
import { decodeNumber } from "../trial/encoded-number.ts";
import { type HeldOutRole, type HeldOutRun, heldOutMetrics } from "../trial/held-out-run.ts";
import { TrialList } from "../trial/list/trial-list.ts";
import type { Trial } from "../trial/trial.ts";
import type { Winner } from "./winner.ts";

/** A held-out value of one of the configurations that a report speaks of. */
export interface HeldOutValue {
  readonly role: HeldOutRole;
  readonly run: number;
  readonly value: number;
}

/** What is known of a winner and its rivals on held-out data, by the command that the winner was run with last. */
export interface HeldOutStanding {
  readonly metric: string;
  /** The winner's first; empty where the study has held-out runs, but none of this winner that ended well. */
  readonly values: readonly HeldOutValue[];
}

/** The newest held-out values of the winner, its runner-up and the defaults; null while nothing was run on held-out data. */
export function heldOutStanding(
  runs: readonly HeldOutRun[],
  trials: Iterable<Trial>,
  winner: Winner | null,
): HeldOutStanding | null {
  const newest = runs.at(-1);
  if (newest === undefined || winner === null) return null;
  const list = TrialList.of(trials);
  const known = runs.filter((run) => run.end.outcome === "ok" && finiteValue(run) !== null);
  const of = (number: number, some: readonly HeldOutRun[]): HeldOutRun | null =>
    some.findLast(({ trial }) => trial !== null && list.at(trial)?.configuration === list.at(number)?.configuration) ??
    null;
  const own = of(winner.number, known);
  if (own === null) return { metric: newest.metric, values: [] };
  const alike = known.filter((run) => sameHeldOutQuestion(run, own));
  const rivals = [
    { role: "runner-up", number: winner.runnerUp?.number },
    { role: "default", number: winner.default?.number },
  ] as const;
  const others = rivals.flatMap(({ role, number }) => {
    if (number === undefined || number === winner.number) return [];
    const run = of(number, alike);
    return run === null ? [] : [{ role, run: run.number, value: finiteValue(run)! }];
  });
  return { metric: own.metric, values: [{ role: "winner", run: own.number, value: finiteValue(own)! }, ...others] };
}

function finiteValue({ metric, values }: HeldOutRun): number | null {
  const value = values[metric];
  const number = value === undefined ? Number.NaN : decodeNumber(value);
  return Number.isFinite(number) ? number : null;
}

/** Whether two runs were asked for the same, by the same command, and read in the same way. */
export function sameHeldOutQuestion(a: HeldOutRun, b: HeldOutRun): boolean {
  return (
    heldOutMetrics(a).join("\n") === heldOutMetrics(b).join("\n") &&
    jsonEqual(a.reading, b.reading) &&
    JSON.stringify(a.command) === JSON.stringify(b.command)
  );
}
