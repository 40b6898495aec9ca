import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FidelityParameter } from "../../space/index.ts";
import { Ladder } from "./ladder.ts";

describe("Ladder", () => {
  it.each([
    [81, 3, null, [3, 9, 27, 81, 243]],
    [100, 3, null, [4, 12, 34, 100, 300]],
    [10, 3, null, [1, 2, 4, 10, 30]],
    [2, 3, null, [1, 2, 6]],
    [100, 4, 5, [5, 20, 80, 320]],
    [1, 2, null, [1, 2, 4]],
  ])("to %i by %i from %j begins with %j", (reach, reduction, smallest, steps) => {
    expect(new Ladder(reach, reduction, smallest).steps.slice(0, steps.length)).toEqual(steps);
  });

  it.each([
    [{ low: 1, high: 81, step: 1 }, 3, null, [3, 9, 27, 81]],
    [{ low: 1, high: 100, step: 1 }, 3, null, [4, 12, 34, 100]],
    [{ low: 1, high: 9, step: 1 }, 3, null, [1, 3, 9]],
    [{ low: 50, high: 100, step: 1 }, 3, null, [50, 100]],
    [{ low: 30, high: 100, step: 1 }, 3, null, [34, 100]],
    [{ low: 10, high: 100, step: 10 }, 3, null, [20, 40, 100]],
    [{ low: 1, high: 81, step: 1 }, 3, 1, [1, 3, 9, 27, 81]],
    [{ low: 1, high: 81, step: 1 }, 3, 2, [2, 9, 27, 81]],
    [{ low: 1, high: 81, step: 1 }, 3, 80, [80, 81]],
    [{ low: 0.25, high: 1, step: 0.25 }, 2, null, [0.25, 0.5, 1]],
    [{ low: 0.125, high: 1, step: null }, 2, null, [0.125, 0.25, 0.5, 1]],
  ])("of the fidelity %j by %i from %j is %j", (range, reduction, smallest, steps) => {
    const kind = range.step === null || range.step < 1 ? { type: "float", orZero: false } : { type: "int" };
    const fidelity = { name: "e", ...kind, ...range, scale: "linear", prior: null, when: [], fidelity: true };
    expect(new Ladder(range.high, reduction, smallest, fidelity as FidelityParameter).steps).toEqual(steps);
  });

  it("keeps fractions where steps are fractions", () => {
    expect(new Ladder(0.9, 3, null).steps.slice(0, 4)).toEqual(
      [0.9 / 27, 0.9 / 9, 0.9 / 3, 0.9].map((x) => expect.closeTo(x, 12)),
    );
  });

  it("ascends, reaches any step, and finds the rung at or below it", () => {
    const reach = fc.double({ min: 1e-3, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(reach, fc.double({ min: 1.1, max: 10, noNaN: true }), reach, (largest, reduction, step) => {
        const { steps } = new Ladder(largest, reduction, null);
        for (let k = 1; k < steps.length; k++) expect(steps[k]).toBeGreaterThan(steps[k - 1]!);
        const rung = new Ladder(largest, reduction, null).rungAt(step);
        expect(rung).toBe(steps.findLastIndex((at) => at <= step));
      }),
    );
  });

  it("ends with a trial's own end", () => {
    const ladder = new Ladder(81, 3, null);
    expect([-1, 0, 1, 2, 3].map((rung) => ladder.above(rung, 81))).toEqual([3, 9, 27, null, null]);
    expect(ladder.above(2, 100)).toBe(81);
  });
});
