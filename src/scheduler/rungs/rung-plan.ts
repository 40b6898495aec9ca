import type { RungOptions, RungResults } from "./rung-results.ts";

/** Rungs below the trials' own end that are trusted before anything is known: those with a ninth of the largest step or more, by threes. */
const PRESUMED = 2;
/** Where trials begin anew when they are promoted. */
const PRESUMED_ANEW = 1;

/** Which of the rungs trials are judged at, in one view. */
export interface RungPlan {
  /** The lowest rung that trials are judged at; the end of the ladder where they run to their own end. */
  readonly bottom: number;
  /** The rung up to which new trials are run, at or below `bottom`. */
  readonly first: number;
  /** The rung that is a trial's own end. */
  readonly top: number;
  /** Of so many rungs one is used, down from the top. */
  readonly stride: number;
}

/** True where trials pause, or end, at the rung. */
export function isJudged({ bottom, top, stride }: RungPlan, rung: number): boolean {
  return rung >= bottom && (top - rung) % stride === 0;
}

/** The rung that a trial is run up to from one where it waits. */
export function rungAbove(plan: RungPlan, rung: number): number {
  let above = Math.max(rung + 1, plan.bottom);
  while (above < plan.top && !isJudged(plan, above)) above += 1;
  return above;
}

/**
 * The plan that is learnt: the rungs below those that are presumed to tell something have to be shown to, each beside the one above, the highest
 * first. A smallest rung that is given is taken at its word. Where promoted trials begin anew every other rung is left out, and with a
 * fidelity fewer are presumed: each rung costs such a trial all of its steps again.
 */
export function learntPlan(results: RungResults, { smallest, fidelity }: RungOptions): RungPlan {
  const top = topOf(results);
  const anew = results.beginAnew;
  if (smallest !== null) return widened({ bottom: 0, first: 0, top, stride: 1 }, anew && fidelity === undefined);
  let bottom = Math.max(0, top - (anew && fidelity !== undefined ? PRESUMED_ANEW : PRESUMED));
  while (bottom > 0 && results.trustIn(bottom - 1).shown) bottom -= 1;
  const candidate = bottom > 0 && !results.trustIn(bottom - 1).settled;
  // Reports tell of the rungs below on the way; a run with a fidelity has to be made at one.
  const first = candidate && fidelity !== undefined ? bottom - 1 : bottom;
  return widened({ bottom, first, top, stride: 1 }, anew && fidelity === undefined);
}

/** With every other rung alone, where there are two to choose from. */
function widened(plan: RungPlan, wide: boolean): RungPlan {
  const { bottom, top } = plan;
  if (!wide || top - bottom < 2) return plan;
  const lowest = bottom + ((top - bottom) % 2);
  return { bottom: lowest, first: lowest, top, stride: 2 };
}

/** The rung at which trials are at their own end. */
export function topOf({ ladder, largest }: RungResults): number {
  const { steps } = ladder!;
  const below = ladder!.rungAt(largest);
  return steps[below] === largest ? below : below + 1;
}
