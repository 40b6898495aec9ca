import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bendPlace, bendSlope, type InputBend } from "./input-bend.ts";

const BENDS: readonly InputBend[] = ["none", "low", "high"];
const place = fc.double({ min: 0, max: 1, noNaN: true });

describe("bendPlace", () => {
  it.each(BENDS)("%s keeps ends and order", (bend) => {
    expect([bendPlace(0, bend), bendPlace(1, bend)]).toEqual([0, 1]);
    fc.assert(
      fc.property(place, place, (a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        expect(bendPlace(low, bend)).toBeLessThanOrEqual(bendPlace(high, bend));
        expect(bendPlace(low, bend)).toBeGreaterThanOrEqual(0);
        expect(bendPlace(high, bend)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it.each(BENDS)("%s has the slope that differences have", (bend) => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.99, noNaN: true }), (u) => {
        const difference = (bendPlace(u + 1e-6, bend) - bendPlace(u - 1e-6, bend)) / 2e-6;
        expect(bendSlope(u, bend)).toBeCloseTo(difference, 3);
      }),
    );
  });

  it("pulls the named end apart, with finite slopes", () => {
    expect(bendPlace(0.1, "low")).toBeGreaterThan(0.35);
    expect(bendPlace(0.9, "high")).toBeLessThan(0.65);
    for (const bend of BENDS) for (const u of [0, 1]) expect(bendSlope(u, bend)).toBeLessThan(1e4);
  });
});
