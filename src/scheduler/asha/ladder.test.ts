import fc from "fast-check";
import { describe, expect, it } from "vitest";
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
