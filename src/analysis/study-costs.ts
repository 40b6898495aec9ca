import { compareValues } from "../objective/index.ts";
import { decodeNumber } from "../trial/encoded-number.ts";
import type { Metric } from "../trial/metric.ts";
import type { PausedEnd } from "../trial/paused-end.ts";
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
  readonly inPart: InPart | null;
  /** Of the paused trials that were better than the winner at the step they have come to, the best of those that came furthest; else null. */
  readonly ahead: (InPart & { readonly winnerValue: number }) | null;
}

interface InPart {
  readonly number: number;
  readonly value: number;
  readonly step: number;
}

/** What costs are made from. */
export type CostSource = Pick<StudyState, "ledger" | "fullRun" | "fullRuns" | "pausedEnds" | "endsOf">;

/** Sums up what trials have cost; `inPart` and `ahead` go by the first objective. `winner` is the number of the trial that leads, or null. */
export function studyCosts(source: CostSource, [metric]: readonly Metric[], winner: number | null): StudyCosts {
  const { ledger, fullRun, fullRuns } = source;
  const costs = { steps: ledger.steps, fullRuns, fullRun };
  if (metric === undefined) return { ...costs, inPart: null, ahead: null };
  const paused = partsOf(source.pausedEnds(), metric);
  const own = new Map(
    partsOf(winner === null ? [] : source.endsOf(winner), metric).map(({ step, value }) => [step, value]),
  );
  const better = paused.filter(({ step, value }) => compareValues(value, own.get(step) ?? value, metric.direction) < 0);
  const ahead = furthest(better, metric);
  return {
    ...costs,
    inPart: furthest(paused, metric),
    ahead: ahead === null ? null : { ...ahead, winnerValue: own.get(ahead.step)! },
  };
}

/** Those that told a finite value at a known step. */
function partsOf(ends: readonly PausedEnd[], { name }: Metric): readonly InPart[] {
  return ends.flatMap(({ trial: number, step: came, values }) => {
    const told = values[name];
    const [step, value] = [Number(came ?? Number.NaN), told === undefined ? Number.NaN : decodeNumber(told)];
    return Number.isFinite(value) && Number.isFinite(step) ? [{ number, value, step }] : [];
  });
}

function furthest(parts: readonly InPart[], { direction }: Metric): InPart | null {
  return parts.toSorted((a, b) => b.step - a.step || compareValues(a.value, b.value, direction))[0] ?? null;
}
