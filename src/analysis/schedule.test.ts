import { expect, it } from "vitest";
import { scheduleOf } from "./schedule.ts";

const params = (x: number) => ({ x });
const trials = [
  { params: params(1) },
  { params: params(2), branch: { of: 0, segment: 0, step: 5 } },
  { params: params(2), branch: { of: 1, segment: 0, step: 10 } },
  { params: params(3), branch: { of: 2, segment: 1, step: 20 } },
] as const;
const of = (number: number) => scheduleOf(trials[number]!, (one) => trials[one]!);

it("is one part of a trial that began at the beginning", () => {
  expect(of(0)).toEqual([{ until: null, params: { x: 1 } }]);
});

it("goes back over the trials whose checkpoints were gone on from, alike parts being one", () => {
  expect(of(3)).toEqual([
    { until: 5, params: { x: 1 } },
    { until: 20, params: { x: 2 } },
    { until: null, params: { x: 3 } },
  ]);
  expect(of(2)).toEqual([
    { until: 5, params: { x: 1 } },
    { until: null, params: { x: 2 } },
  ]);
});
