/** Quotient of two polynomials of the same degree at x; coefficients from the highest power down. */
export function rational(numerator: readonly number[], denominator: readonly number[], x: number): number {
  let above = numerator[0]!;
  let below = denominator[0]!;
  for (let i = 1; i < numerator.length; i++) {
    above = above * x + numerator[i]!;
    below = below * x + denominator[i]!;
  }
  return above / below;
}
