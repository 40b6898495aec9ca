import type { FigureSource } from "../plot/index.ts";
import type { TrialList } from "../trial/list/trial-list.ts";
import type { StudyReader } from "./study-reader.ts";

/** A study as its figures see it now: make it for figures of one revision, and let it go. */
export function figureSource<P>(study: StudyReader<P>): FigureSource {
  let list: TrialList | null = null;
  return {
    metrics: study.metrics,
    limits: study.limits,
    space: study.spaceWithAsked,
    preferredOf: (front) => study.preferredOf(front),
    trials: () => {
      list ??= study.list();
      return list;
    },
  };
}
