import fc from "fast-check";
import { expect, it } from "vitest";
import { compareValues } from "../../objective/index.ts";
import { RankedValues } from "./ranked-values.ts";

it("has at each rank what sorting all of them has, however they came", () => {
  const parts = fc.array(fc.array(fc.double(), { maxLength: 24 }), { size: "medium" });
  fc.assert(
    fc.property(parts, fc.constantFrom("minimize" as const, "maximize" as const), (drawn, direction) => {
      const ranked = new RankedValues(direction);
      for (const part of drawn) ranked.add(part);
      const sorted = drawn
        .flat()
        .map((value) => (Number.isFinite(value) ? value + 0 : Number.NaN))
        .sort((a, b) => compareValues(a, b, direction));
      expect(ranked.length).toBe(sorted.length);
      expect(sorted.map((_, rank) => ranked.at(rank) + 0)).toEqual(sorted);
    }),
  );
});
