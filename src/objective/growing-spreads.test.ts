import fc from "fast-check";
import { expect, it } from "vitest";
import { GrowingSpreads } from "./growing-spreads.ts";
import { compileLimit } from "./limit.ts";
import { excessesOf, spreadsOf } from "./limit-standing.ts";

const LIMITS = ["ms <= 2 or bytes <= 1", "watts == 3 within 0.5"].map(compileLimit);
const number = fc.oneof({ weight: 8, arbitrary: fc.integer({ min: -3, max: 3 }) }, fc.constant(Number.NaN));
const told = fc.record({ ms: number, bytes: number, watts: number });

it("is the spread over the results that are there, whatever came and went", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(told, fc.nat(3)), { minLength: 1, maxLength: 20 }), (course) => {
      let spreads = new GrowingSpreads(LIMITS);
      const there: ReturnType<typeof excessesOf>[] = [];
      for (const [values, leaves] of course) {
        const own = excessesOf({ params: {}, value: (name) => values[name as keyof typeof values] }, LIMITS);
        spreads.add(own);
        there.push(own);
        if (leaves === 0 && there.length > 1) spreads.delete(there.shift()!);
        if (leaves === 1) spreads = new GrowingSpreads(LIMITS, there);
        expect(spreads.spreads).toEqual(LIMITS.map((_limit, k) => spreadsOf(there.map((each) => each[k]!))));
      }
    }),
  );
});
