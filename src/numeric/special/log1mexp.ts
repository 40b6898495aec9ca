import { exp } from "./exp.ts";
import { expm1 } from "./expm1.ts";
import { ln } from "./ln.ts";
import { ln1p } from "./ln1p.ts";

/** log(1 - exp(x)) for x <= 0 (Mächler, 2012); -Infinity at 0. */
export function log1mexp(x: number): number {
  return x > -Math.LN2 ? ln(-expm1(x)) : ln1p(-exp(x));
}
