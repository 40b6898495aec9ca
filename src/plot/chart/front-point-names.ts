/** What the points of a front's figure are called, by what they are. */
export const POINT_NAMES = {
  front: "on the front",
  dominated: "dominated",
  infeasible: "infeasible",
  knee: "knee",
  preferred: "preferred",
} as const;
