import { ln } from "../../numeric/special/ln.ts";

/** Levels are told apart by so much, and none is beyond the most: a run 2^29 times shorter than whole. */
const LEVEL_GRID = 1 / 16;
const MOST_LEVEL = 20;
/** Of a run of which nobody knows how long it was. */
const UNKNOWN_LEVEL = 1;

/**
 * How much shorter than whole each run was (see FidelityKernel): 0 for a whole one; a run of which no step is known (NaN) counts as one of the shortest. A whole run
 * has `declared` steps, or as many as the longest of these.
 */
export function runLevels(
  runs: readonly { readonly isWhole: boolean; readonly step: number }[],
  declared: number | undefined,
): Float64Array {
  const largest = declared ?? runs.reduce((most, { step }) => (step > most ? step : most), 0);
  const levels = Float64Array.from(runs, ({ isWhole, step }) => {
    if (isWhole) return 0;
    const level = step > 0 ? ln(largest / step) : step <= 0 ? MOST_LEVEL : Number.NaN;
    return LEVEL_GRID * Math.round(Math.max(0, Math.min(MOST_LEVEL, level)) / LEVEL_GRID);
  });
  const known = levels.filter((level) => !Number.isNaN(level));
  const lowest = known.reduce((a, b) => Math.max(a, b), UNKNOWN_LEVEL);
  return levels.map((level) => (Number.isNaN(level) ? lowest : level));
}
