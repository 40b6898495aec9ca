import type { RandomStream } from "../../numeric/random/stream-source.ts";
import type { Turn } from "./turn.ts";

/** Draws of what pending trials may yet say, in a draw's turn. */
const DRAWS = 8;
/**
 * How far a draw goes from what the model expects, as a share of its deviation. The least of several whole deviations lies far
 * below all that is known: proposals then only explore.
 */
const SHARE = 0.5;

/**
 * What the trials under way are taken to have found (Snoek et al. 2012, section 3.2), a row for each fantasy with a standard normal
 * number for each of the `pending` trials, as `GaussianProcess.fantasize` takes them. The likely model takes them to find what
 * it expects (zeros); a draw's turn averages over fantasies.
 */
export function fantasiesOf(turn: Turn, pending: number, stream: RandomStream): readonly Float64Array[] {
  if (turn === "likely") return [new Float64Array(pending)];
  return Array.from({ length: DRAWS }, () => Float64Array.from({ length: pending }, () => SHARE * stream.normal()));
}
