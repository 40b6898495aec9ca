import type { Space } from "../space/space.ts";
import { STATE_CODES } from "../trial/history-view.ts";
import { TrialList } from "../trial/list/trial-list.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { type FailurePattern, failurePatterns } from "./failure-pattern.ts";
import { FEWEST_TRIALS } from "./fewest-trials.ts";
import { type SameValue, sameValue } from "./same-value.ts";
import { type SilentScheduler, silentScheduler } from "./silent-scheduler.ts";
import type { Winner } from "./winner.ts";
import { type EdgeValue, winnerEdges } from "./winner-edges.ts";

const COMPLETE = STATE_CODES.indexOf("complete");

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
export function judgeStudy(trials: Iterable<Trial>, study: JudgedStudy, winner: Winner | null): StudyJudgements {
  const { metrics, space, settings } = study;
  const list = TrialList.of(trials);
  const same = metrics.map((metric) => sameValue(list, metric)).find((found) => found !== null) ?? null;
  const complete = list.states.reduce((count, state) => count + Number(state === COMPLETE), 0);
  // Of equal values the first wins, wherever it lies.
  const judged = winner !== null && same === null && complete >= FEWEST_TRIALS;
  return {
    edges: judged ? winnerEdges(space, winner.params) : [],
    sameValue: same,
    silentScheduler: silentScheduler(list, settings.scheduler.name),
    failurePatterns: failurePatterns(list, space),
  };
}
