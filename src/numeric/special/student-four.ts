/**
 * Density of Student's t with four degrees of freedom, 3/8 (1 + t²/4)^(-5/2): tails much heavier than the normal's, and none of the functions that
 * engines disagree about.
 */
export function studentFour(t: number): number {
  const q = 1 + (t * t) / 4;
  return 0.375 / (q * q * Math.sqrt(q));
}
