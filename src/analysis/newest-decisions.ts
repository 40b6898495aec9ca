import { TrialList } from "../trial/list/trial-list.ts";
import type { Trial, TrialDecision } from "../trial/trial.ts";

/** A decision of a study's scheduler, and the trial that it is about. */
export interface StudyDecision extends Pick<TrialDecision, "action" | "reason" | "revision"> {
  readonly trial: number;
}

/** Trials that are looked at, the newest ones: a look costs the same however long the study is. */
const LOOKED_AT = 10_000;

/** The newest decisions about the newest trials that have a reason, newest first, no more than `most`. */
export function newestDecisions(trials: Iterable<Trial>, most: number): readonly StudyDecision[] {
  const list = TrialList.of(trials);
  const { decided } = list;
  const found: StudyDecision[] = [];
  for (let at = decided.indexOf(1, -LOOKED_AT); at >= 0; at = decided.indexOf(1, at + 1)) {
    const { number: trial, decisions = [] } = list.at(at)!;
    for (const { action, reason, revision } of decisions)
      if (reason !== "") found.push({ trial, action, reason, revision });
  }
  return found.sort((a, b) => b.revision - a.revision).slice(0, most);
}
