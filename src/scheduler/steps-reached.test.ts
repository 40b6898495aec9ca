import fc from "fast-check";
import { expect, it } from "vitest";
import { makeTrial } from "../objective/testing/make-trial.testing.ts";
import type { Report } from "../trial/trial.ts";
import { StepsReached } from "./steps-reached.ts";

const drawn = fc.array(fc.tuple(fc.integer({ min: -3, max: 9 }), fc.boolean()), { maxLength: 9 });

const reportsOf = (rows: readonly (readonly [step: number, told: boolean])[]): readonly Report[] =>
  rows.map(([step, told], seq) => ({ seq, step, values: { [told ? "loss" : "other"]: 1 } }));

/** By looking at all of them. */
function plainly(reports: readonly Report[], seq: number): number | null {
  const first = reports.findIndex(({ values }) => values.loss !== undefined);
  if (first < 0 || first > seq) return null;
  return reports.slice(first, seq).reduce((most, { step }) => Math.max(most, step), Number.NEGATIVE_INFINITY);
}

it("says what looking at all reports does, of several trials and in whatever order it is asked", () => {
  fc.assert(
    fc.property(
      fc.array(drawn, { minLength: 1, maxLength: 3 }),
      fc.array(fc.tuple(fc.nat(2), fc.nat(8))),
      (all, asks) => {
        const trials = all.map((rows, number) => makeTrial(number, 0, { reports: reportsOf(rows) }));
        const reached = new StepsReached("loss");
        for (const [which, seq] of asks) {
          const trial = trials[which % trials.length]!;
          if (seq < trial.reports.length) expect(reached.before(trial, seq)).toBe(plainly(trial.reports, seq));
        }
      },
    ),
  );
});

it("looks at each report a few times only while a trial reports on", () => {
  const rows = Array.from({ length: 400 }, (_, k) => [k, k > 0] as const);
  let looks = 0;
  const reports = new Proxy(reportsOf(rows), {
    get: (target, key) => {
      looks += 1;
      return Reflect.get(target, key) as unknown;
    },
  });
  const trial = makeTrial(0, 0, { reports });
  const reached = new StepsReached("loss");
  for (const [seq] of rows.entries()) reached.before(trial, seq);
  expect(looks).toBeLessThanOrEqual(2 * rows.length);
});
