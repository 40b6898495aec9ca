import type { FigureSource } from "../plot/index.ts";
import type { Trial } from "../trial/trial.ts";
import type { StudyReader } from "./study-reader.ts";

/** A study as its figures see it. */
export function figureSource<P>(study: StudyReader<P>): FigureSource {
  return {
    metrics: study.metrics,
    limits: study.limits,
    space: study.space,
    trials: () => study.views() as readonly Trial[],
  };
}
