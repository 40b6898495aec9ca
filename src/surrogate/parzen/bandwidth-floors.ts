/** The narrowest bandwidth of a density's kernels, in shares of the range, by how many members it has. */
export type BandwidthFloor = (members: number) => number;

const wide: BandwidthFloor = (members) => 1 / Math.min(100, members + 2);

/** Steps, since a change of the floor means that every kernel is fitted again. */
function smooth(members: number): number {
  let kernels = 20;
  while (kernels < 100 && 4 * kernels * kernels <= members) kernels *= 2;
  return Math.max(wide(members), 1 / kernels);
}

/**
 * `wide` is "magic clipping" as in hyperopt and Optuna: the fewer members, the broader. `narrow` has the exponent 2 and the bound
 * 0.03, with which Watanabe (arXiv 2304.11127) found searches to end better. `smooth` stays at 0.05, so that a density
 * has no gaps between its members that look like good places, and is halved at 1,600 and again at 6,400 of them.
 */
export const BANDWIDTH_FLOORS = {
  wide,
  narrow: (members: number) => Math.max(0.03, wide(members) * wide(members)),
  smooth,
} as const satisfies Readonly<Record<string, BandwidthFloor>>;
