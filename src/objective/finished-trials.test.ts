import fc from "fast-check";
import { expect, it } from "vitest";
import { FinishedTrials } from "./finished-trials.ts";
import { makeTrial } from "./testing/make-trial.testing.ts";

const trials = [
  makeTrial(0, 3),
  makeTrial(1, Number.NaN),
  makeTrial(2, 1),
  makeTrial(3, 0, { state: "failed" }),
  makeTrial(4, 0, { invalid: [{ from: 1, to: null }] }),
  makeTrial(5, 1, { invalid: [{ from: 1, to: 2 }] }),
  makeTrial(6, 2),
];

it("are the complete trials with a finite value that are not marked invalid", () => {
  const finished = FinishedTrials.of(trials, { name: "loss", direction: "minimize" });
  expect([...finished.values]).toEqual([3, 1, 1, 2]);
  expect(Array.from(finished.places, (_place, index) => finished.number(index))).toEqual([0, 2, 5, 6]);
  expect(finished.trial(1)).toMatchObject({ number: 2 });
});

it("are ranked best first by the metric's direction, of equal ones the first", () => {
  const numbers = (direction: "minimize" | "maximize"): readonly number[] => {
    const finished = FinishedTrials.of(trials, { name: "loss", direction });
    return Array.from(finished.ranked, (index) => finished.number(index));
  };
  expect(numbers("minimize")).toEqual([2, 5, 6, 0]);
  expect(numbers("maximize")).toEqual([0, 6, 2, 5]);
});

it("gives some of them in order, the better half of these the best ones", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -50, max: 50 })), fc.integer({ min: 2, max: 30 }), (values, most) => {
      const all = FinishedTrials.of(
        values.map((value, number) => makeTrial(number, value)),
        { name: "loss", direction: "minimize" },
      );
      const some = [...all.some(most)];
      expect(some).toEqual([...new Set(some)].sort((a, b) => a - b));
      expect(some.length).toBe(Math.min(most, values.length));
      expect(some).toEqual(
        expect.arrayContaining([...all.ranked.subarray(0, Math.min(values.length, Math.ceil(most / 2)))]),
      );
    }),
  );
});
