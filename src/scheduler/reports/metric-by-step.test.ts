import fc from "fast-check";
import { expect, it } from "vitest";
import { encodeNumber } from "../../trial/encoded-number.ts";
import { ReportsAt } from "../../trial/history/reports-at.ts";
import { ReportList } from "../../trial/table/report-list.ts";
import type { TrialReports } from "../../trial/trial-reports.ts";
import { MetricByStep } from "./metric-by-step.ts";

type Told = readonly [step: number, loss: number | null];

/** As a trial that runs has them. */
function reportsOf(told: readonly Told[]): TrialReports {
  const list = new ReportList();
  for (const [step, loss] of told)
    list.push({ step, values: loss === null ? { other: 1 } : { loss: encodeNumber(loss) } }, 1);
  return new ReportsAt(list, list.length);
}

/** By looking through all: of each step what was told there last. */
function plainly(told: readonly Told[]): readonly (readonly [number, number])[] {
  const steps = new Map<number, number>();
  for (const [step, loss] of told) if (loss !== null) steps.set(step, loss);
  return [...steps].sort(([a], [b]) => a - b);
}

const step = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom(0.25, 0.5, 2.5, 4e9, 4e9 + 1));
const told = fc.array(fc.tuple(step, fc.oneof(fc.double(), fc.constant(null))), { maxLength: 40 });

it("has at each step what was told there last, whatever the order, and says from which place on it changed", () => {
  fc.assert(
    fc.property(told, fc.boolean(), fc.array(fc.nat(40)), (drawn, inOrder, counts) => {
      const all = inOrder ? drawn.toSorted(([a], [b]) => a - b) : drawn;
      const reports = reportsOf(all);
      const course = new MetricByStep("loss");
      for (const count of counts.map((one) => Math.min(one, all.length)).sort((a, b) => a - b)) {
        const before = Array.from({ length: course.length }, (_, k) => [course.step(k), course.value(k)]);
        const changed = course.read(reports, count);
        const now = Array.from({ length: course.length }, (_, k) => [course.step(k), course.value(k)] as const);
        expect(now).toEqual(plainly(all.slice(0, count)));
        expect(now.slice(0, changed)).toEqual(before.slice(0, changed));
        const told = all.slice(0, count).flatMap(([at, loss]) => (loss === null ? [] : [at]));
        expect(course.came).toEqual({ newest: told.at(-1) ?? null, before: told.at(-2) ?? null });
      }
    }),
  );
});

it("finds the last step up to another, whatever is guessed", () => {
  fc.assert(
    fc.property(told, step, fc.integer({ min: -2, max: 41 }), (all, at, guess) => {
      const course = MetricByStep.of(reportsOf(all), all.length, "loss");
      const expected = plainly(all).findLastIndex(([own]) => own <= at);
      expect(course.placeOf(at, guess)).toBe(expected);
      expect(course.placeOf(at)).toBe(expected);
    }),
  );
});

it("takes the mean of the newest steps, of fewer where there are no more", () => {
  const reports = reportsOf([
    [1, 4],
    [3, 2],
    [2, null],
    [2, 9],
    [3, 0],
  ]);
  const course = MetricByStep.of(reports, 5, "loss");
  expect([0, 1, 2].map((place) => course.smoothed(place, 2))).toEqual([4, 6.5, 4.5]);
  expect(course.smoothed(2, 99)).toBe(13 / 3);
  expect(course.smoothed(2, 1)).toBe(0);
});
