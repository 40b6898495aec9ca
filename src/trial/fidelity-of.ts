import type { FidelityParameter } from "../space/index.ts";
import type { Trial } from "./trial.ts";

/** The fidelity that a trial is run with, or was last: the largest where no run of it was given another. */
export function fidelityOf({ segments }: Pick<Trial, "segments">, { high }: FidelityParameter): number {
  return segments.at(-1)?.until ?? high;
}
