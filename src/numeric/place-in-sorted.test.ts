import fc from "fast-check";
import { expect, it } from "vitest";
import { placeInSorted } from "./place-in-sorted.ts";

it("is how many numbers are smaller", () => {
  const number = fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.constantFrom(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
  );
  fc.assert(
    fc.property(fc.array(number), number, (numbers, one) => {
      const sorted = numbers.toSorted((a, b) => (a === b ? 0 : a - b));
      expect(placeInSorted(sorted, one)).toBe(numbers.filter((other) => other < one).length);
    }),
  );
});
