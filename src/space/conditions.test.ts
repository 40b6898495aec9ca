import fc from "fast-check";
import { expect, it } from "vitest";
import { andWhen, isActive, normalizeWhen, orWhen } from "./conditions.ts";
import type { Parameter } from "./parameter.ts";

type When = Parameter["when"];

const PARENTS = ["a", "b", "c"] as const;
const VALUES = [0, 1, 2];

const condition = fc.record({
  parent: fc.constantFrom(...PARENTS),
  in: fc.subarray(VALUES, { minLength: 1 }),
});
const when: fc.Arbitrary<When> = fc.array(fc.array(condition, { minLength: 1, maxLength: 3 }), { maxLength: 3 });
const params = fc.record({
  a: fc.constantFrom(...VALUES),
  b: fc.constantFrom(...VALUES),
  c: fc.constantFrom(...VALUES),
});

function holds(given: When, values: Readonly<Record<string, number>>): boolean {
  const parameter: Parameter = { name: "x", type: "boolean", when: given };
  return isActive(parameter, values);
}

it("joins conditions into ones that mean the same", () => {
  fc.assert(
    fc.property(when, when, params, (a, b, values) => {
      expect(holds(andWhen(a, b), values)).toBe(holds(a, values) && holds(b, values));
      expect(holds(orWhen(a, b), values)).toBe(holds(a, values) || holds(b, values));
    }),
    { numRuns: 2000 },
  );
});

it("names each parent once a list and each value once, parents by name", () => {
  const a = (...values: readonly number[]) => ({ parent: "a", in: values });
  const b = (...values: readonly number[]) => ({ parent: "b", in: values });
  expect(normalizeWhen([[a(0)], [a(0, 1)], [a(2, 0)]])).toEqual([[a(0, 1, 2)]]);
  expect(normalizeWhen([[b(0), a(0, 1, 2), a(2, 1)]])).toEqual([[a(1, 2), b(0)]]);
  expect(normalizeWhen([[a(0)], []])).toEqual([]);
  expect(andWhen([[a(0)], [b(1)]], [[a(1)]])).toEqual([[a()], [a(1), b(1)]]);
  expect([andWhen([], [[a(0)]]), andWhen([[a(0)]], []), orWhen([], [[a(0)]]), orWhen([[a(0)]], [])]).toEqual([
    ...[[[a(0)]], [[a(0)]]],
    ...[[], []],
  ]);
});

it("joins two alternatives that differ in one parent only, and no others", () => {
  const list = (a: number, b: number) => [
    { parent: "a", in: [a] },
    { parent: "b", in: [b] },
  ];
  expect(normalizeWhen([list(0, 0), list(0, 1)])).toEqual([
    [
      { parent: "a", in: [0] },
      { parent: "b", in: [0, 1] },
    ],
  ]);
  expect(normalizeWhen([list(0, 0), list(1, 1)])).toHaveLength(2);
});
