import type { RungResult } from "../rung-course.ts";

/** Where a result stands among those at a rung. */
export interface RungPlace {
  /** How many others are better. */
  readonly better: number;
  readonly others: number;
  /** What else is to be said of it, in words: the front it is on, the limits it breaks; empty where nothing is. */
  readonly note: string;
}

/** The results at one rung in their order, best first, and those of them whose trials wait there. */
export interface RungOrder extends Iterable<RungResult> {
  readonly length: number;
  readonly first: RungResult | undefined;
  get(trial: number): RungResult | undefined;
  /** Of a trial that has none there yet. */
  add(result: RungResult): void;
  /** Where a trial stands with this result, which may be another than it has there, or none of those there. */
  placeOf(result: RungResult): RungPlace;
  /** Of a trial that has a result there. */
  wait(trial: number): void;
  leave(trial: number): void;
  readonly firstWaiting: RungResult | undefined;
}
