import { compareValues } from "../objective/index.ts";
import { decodeNumber } from "../trial/encoded-number.ts";
import type { Metric } from "../trial/metric.ts";
import type { StudyState } from "../trial/study-state.ts";

/** What a study's trials have cost, and how far they came. */
export interface StudyCosts {
  /** Of all attempts together, by the ledger. */
  readonly steps: number;
  /** The same in full runs; null where that cannot be said. */
  readonly fullRuns: number | null;
  /** Steps of a full run; null where nobody knows. */
  readonly fullRun: number | null;
  /** Of the paused trials that came furthest the best, and what it told there; null where there is none with a value. */
  readonly inPart: { readonly number: number; readonly value: number; readonly step: number } | null;
}

/** What costs are made from. */
export type CostSource = Pick<StudyState, "ledger" | "fullRun" | "fullRuns" | "pausedEnds">;

/** Sums up what trials have cost; `inPart` goes by the first objective. */
export function studyCosts(source: CostSource, [metric]: readonly Metric[]): StudyCosts {
  const { ledger, fullRun, fullRuns } = source;
  let inPart: StudyCosts["inPart"] = null;
  for (const { trial: number, step: came, values } of metric === undefined ? [] : source.pausedEnds()) {
    const [step, told] = [Number(came ?? Number.NaN), values[metric!.name]];
    const value = told === undefined ? Number.NaN : decodeNumber(told);
    if (!Number.isFinite(value) || !Number.isFinite(step)) continue;
    const further = inPart === null ? 1 : step - inPart.step;
    if (further > 0 || (further === 0 && compareValues(value, inPart!.value, metric!.direction) < 0))
      inPart = { number, value, step };
  }
  return { steps: ledger.steps, fullRuns, fullRun, inPart };
}
