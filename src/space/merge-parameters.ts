import { parameterProblem } from "./check-parameter.ts";
import { jsonEqual, jsonIndexOf } from "./json-equal.ts";
import type { CategoricalParameter, FloatParameter, IntParameter, Parameter } from "./parameter.ts";

/**
 * One parameter with the values of both, the words of the later; null when they are of different kinds. Choices only ever get
 * longer, so that the index of a value stays; ordered values cannot grow.
 */
export function mergeParameters(earlier: Parameter, later: Parameter): Parameter | null {
  if (earlier.type === "float" && later.type === "float") return mergeFloats(earlier, later);
  if (earlier.type === "int" && later.type === "int") {
    return plausible({ ...later, ...bounds(earlier, later), step: aligned(earlier, later) ? later.step : 1 });
  }
  if (earlier.type === "categorical" && later.type === "categorical") return mergeChoices(earlier, later);
  if (earlier.type === "boolean" && later.type === "boolean") return later;
  const same = earlier.type === "ordinal" && later.type === "ordinal" && jsonEqual(earlier.values, later.values);
  return same ? later : null;
}

function bounds(a: FloatParameter | IntParameter, b: FloatParameter | IntParameter) {
  return { low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) };
}

/** True when the steps of both meet. */
function aligned(a: FloatParameter | IntParameter, b: FloatParameter | IntParameter): boolean {
  return a.step === b.step && (a.step === null || Number.isInteger((a.low - b.low) / a.step));
}

function mergeFloats(earlier: FloatParameter, later: FloatParameter): Parameter {
  const step = aligned(earlier, later) ? later.step : null;
  return plausible({ ...later, ...bounds(earlier, later), step, orZero: earlier.orZero || later.orZero });
}

/** The parameter on a linear scale where its own cannot hold the merged range. */
function plausible(merged: FloatParameter | IntParameter): Parameter {
  if (parameterProblem(merged) === null) return merged;
  if (merged.type === "int") return { ...merged, scale: "linear", prior: null };
  return {
    ...merged,
    scale: "linear",
    prior: null,
    orZero: false,
    low: merged.orZero ? Math.min(0, merged.low) : merged.low,
  };
}

function mergeChoices(earlier: CategoricalParameter, later: CategoricalParameter): Parameter {
  const added = later.choices.filter((choice) => jsonIndexOf(earlier.choices, choice) < 0);
  const choices = [...earlier.choices, ...added];
  const { spelling: _spelling, ...rest } = later;
  return { ...rest, choices, labels: null };
}
