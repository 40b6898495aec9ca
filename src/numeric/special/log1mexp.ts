/** log(1 - exp(x)) for x <= 0 (Mächler, 2012); -Infinity at 0. */
export function log1mexp(x: number): number {
  return x > -Math.LN2 ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x));
}
