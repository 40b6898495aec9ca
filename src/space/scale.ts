import { exp } from "../numeric/special/exp.ts";
import { expm1 } from "../numeric/special/expm1.ts";
import { ln } from "../numeric/special/ln.ts";
import { ln1p } from "../numeric/special/ln1p.ts";
import type { Scale } from "./parameter.ts";

/** The coordinate in which a parameter of this scale is even; increasing in `x`. */
export function toScale(scale: Scale, x: number): number {
  switch (scale) {
    case "linear":
      return x;
    case "log":
      return ln(x);
    case "logit":
      return ln(x / (1 - x));
    case "reverse-log":
      return -ln1p(-x);
  }
}

/** Inverse of {@link toScale}. */
export function fromScale(scale: Scale, y: number): number {
  switch (scale) {
    case "linear":
      return y;
    case "log":
      return exp(y);
    case "logit":
      return 1 / (1 + exp(-y));
    case "reverse-log":
      return -expm1(-y);
  }
}

/** What is wrong with these bounds on this scale, in words that follow "is", or null. */
export function scaleProblem(scale: Scale, low: number, high: number): string | null {
  switch (scale) {
    case "linear":
      return null;
    case "log":
      return low > 0 ? null : "log needs a low above 0";
    case "logit":
      return low > 0 && high < 1 ? null : "logit needs bounds between 0 and 1, both excluded";
    case "reverse-log":
      return high < 1 ? null : "reverse log needs a high below 1";
  }
}
