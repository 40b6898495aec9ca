import { usefulRange } from "../analysis/useful-range.ts";
import { formatNumber } from "../analysis/words/format-number.ts";
import { nameWithAim } from "../objective/index.ts";
import type { FloatParameter } from "../space/parameter.ts";
import type { Metric } from "../trial/metric.ts";
import { axisTicks } from "./axis-ticks.ts";
import type { FigureAxis } from "./figure-axis.ts";

/** An axis of an objective among those of parameters, and where a value lies on it, from 0 to 1. */
interface ObjectiveAxis {
  readonly axis: FigureAxis;
  placeOf(value: number): number;
}

/** The axis of an objective: it ends where values are so bad that the others would lie in one place, and what is worse lies at its end. */
export function objectiveAxis(metric: Metric, values: readonly number[]): ObjectiveAxis {
  const [low, high] = values.length === 0 ? [0, 0] : usefulRange(values, metric.direction);
  const range = { low, high, scale: "linear" };
  const head = { name: nameWithAim(metric), range, values: null };
  if (!(high > low))
    return { axis: { ...head, ticks: [{ place: 0.5, text: formatNumber(low, 3) }] }, placeOf: () => 0.5 };
  const own = {
    ...{ name: metric.name, when: [], low, high, scale: "linear" },
    step: null,
    orZero: false,
    prior: null,
  };
  const parameter: FloatParameter = { type: "float", ...own, scale: "linear" };
  return {
    axis: { ...head, ticks: axisTicks(parameter) },
    // Halved, so that no difference overflows.
    placeOf: (value) => Math.min(1, Math.max(0, (value / 2 - low / 2) / (high / 2 - low / 2))),
  };
}
