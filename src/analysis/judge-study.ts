import type { Space } from "../space/space.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { type FailurePattern, failurePatterns } from "./failure-pattern.ts";
import { FEWEST_TRIALS } from "./fewest-trials.ts";
import { type SameValue, sameValue } from "./same-value.ts";
import { type SilentScheduler, silentScheduler } from "./silent-scheduler.ts";
import type { Winner } from "./winner.ts";
import { type EdgeValue, winnerEdges } from "./winner-edges.ts";

/** What is odd about a study, for its user to look at. */
export interface StudyJudgements {
  /** Of the winner, once five trials are complete. */
  readonly edges: readonly EdgeValue[];
  readonly sameValue: SameValue | null;
  readonly silentScheduler: SilentScheduler | null;
  readonly failurePatterns: readonly FailurePattern[];
}

/** The parts of a study that are judged. */
export interface JudgedStudy {
  readonly metrics: readonly Metric[];
  readonly space: Space;
  readonly settings: { readonly scheduler: { readonly name: string } };
}

/** Looks for what is odd about a study: a winner at the end of a range, values that never change, a scheduler without reports, failures of a kind. */
export function judgeStudy(trials: readonly Trial[], study: JudgedStudy, winner: Winner | null): StudyJudgements {
  const { metrics, space, settings } = study;
  const same = sameValue(trials, metrics[0]!);
  const complete = trials.filter(({ state }) => state === "complete").length;
  // Of equal values the first wins, wherever it lies.
  const judged = winner !== null && same === null && complete >= FEWEST_TRIALS;
  return {
    edges: judged ? winnerEdges(space, winner.params) : [],
    sameValue: same,
    silentScheduler: silentScheduler(trials, settings.scheduler.name),
    failurePatterns: failurePatterns(trials, space),
  };
}
