import { exp } from "../../numeric/special/exp.ts";
import { ln } from "../../numeric/special/ln.ts";

/** The chance that `drawn` of `total`, drawn without looking, hold `count` or more of the `marked` ones. All are whole numbers. */
export function hypergeometricTail(count: number, drawn: number, marked: number, total: number): number {
  const most = Math.min(drawn, marked);
  const least = Math.max(0, drawn + marked - total);
  if (count <= least) return 1;
  if (count > most) return 0;
  let one = exp(lnChoose(marked, count) + lnChoose(total - marked, drawn - count) - lnChoose(total, drawn));
  let sum = 0;
  for (let k = count; k <= most; k++) {
    sum += one;
    one *= ((marked - k) * (drawn - k)) / ((k + 1) * (total - marked - drawn + k + 1));
  }
  return Math.min(1, sum);
}

/** Logarithm of the number of ways to choose. */
function lnChoose(total: number, chosen: number): number {
  const fewer = Math.min(chosen, total - chosen);
  let sum = 0;
  for (let k = 1; k <= fewer; k++) sum += ln((total - fewer + k) / k);
  return sum;
}
