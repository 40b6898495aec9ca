/** Names of all figures, in the order in which they are told. */
export const FIGURE_NAMES = [
  "history",
  "slice",
  "parallel",
  "importance",
  "contour",
  "rank",
  "distribution",
  "curves",
  "timeline",
  "cost",
  "calibration",
  "front",
  "hypervolume",
] as const;

export type FigureName = (typeof FIGURE_NAMES)[number];
