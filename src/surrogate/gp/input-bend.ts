import { exp } from "../../numeric/special/exp.ts";
import { ln } from "../../numeric/special/ln.ts";

/**
 * How places of a numeric axis are stretched before distances are taken: u -> u^power near 0, mirrored near 1. A power below 1
 * pulls the low end apart (`low`), or the high end (`high`), as a logarithmic scale would do. One end alone of the Kumaraswamy warping of Snoek et al.,
 * "Input warping for Bayesian optimization of non-stationary functions" (ICML 2014).
 */
export type InputBend = "none" | "low" | "high";

const POWER = 0.4;
/** Places nearer to an end than this count as this far, so that slopes stay finite. */
const LEAST = 1e-6;

/** The bent place in [0, 1] of a place in [0, 1]. */
export function bendPlace(place: number, bend: InputBend): number {
  switch (bend) {
    case "none":
      return place;
    case "low":
      return place <= 0 ? 0 : exp(POWER * ln(place));
    case "high":
      return place >= 1 ? 1 : 1 - exp(POWER * ln(1 - place));
  }
}

/** Derivative of `bendPlace` by the place. */
export function bendSlope(place: number, bend: InputBend): number {
  if (bend === "none") return 1;
  const distance = Math.max(LEAST, bend === "low" ? place : 1 - place);
  return POWER * exp((POWER - 1) * ln(distance));
}
