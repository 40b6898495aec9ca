import { expect, it } from "vitest";
import { preferredWeights, weightInputs } from "./preferred-weights.ts";

const METRICS = [
  { name: "a", direction: "minimize" },
  { name: "b", direction: "maximize" },
] as const;

it("reads what was written, of the objectives there are alone", () => {
  const inputs = weightInputs(METRICS, [0.25, 0.75]);
  expect(preferredWeights({ metrics: METRICS, inputs: { remaining: 3, ...inputs } })).toEqual([0.25, 0.75]);
  expect(preferredWeights({ metrics: METRICS.toReversed(), inputs })).toEqual([0.75, 0.25]);
  expect(preferredWeights({ metrics: METRICS, inputs: { remaining: 3 } })).toBe(null);
  const other = [...METRICS, { name: "c", direction: "minimize" as const }];
  expect(preferredWeights({ metrics: other, inputs })).toBe(null);
  expect(preferredWeights({ metrics: METRICS, inputs: weightInputs(METRICS, [0, 0]) })).toBe(null);
});
