import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boolean, choice, float, int, ordinal } from "./builders.ts";
import { parameterProblem } from "./check-parameter.ts";
import type { ParameterDefinition } from "./definition.ts";
import { mergeParameters } from "./merge-parameters.ts";
import type { Parameter } from "./parameter.ts";
import { domainOf, parameterOf } from "./parameter-domain.ts";
import { finiteValues, isParameterValue } from "./parameter-value.ts";
import { fromUnit } from "./unit-cube.ts";

function named(definition: ParameterDefinition): Parameter {
  return { name: "p", ...definition.parameter } as Parameter;
}

const positive = fc.integer({ min: 1, max: 1_000 });
const floats = fc.record({ low: positive, width: positive, log: fc.boolean(), orZero: fc.boolean() }).map((d) => {
  const [low, high] = [d.low / 10, (d.low + d.width) / 10];
  return named(float(low, high, d.log ? { log: true, orZero: d.orZero } : { about: low }));
});
const stepped = fc.tuple(fc.nat(9), fc.integer({ min: 1, max: 9 })).map(([low, n]) => {
  return named(float(low / 2, low / 2 + n, { step: 0.5 }));
});
const ints = fc
  .record({ low: fc.integer({ min: 1, max: 20 }), n: fc.integer({ min: 1, max: 9 }), step: fc.constantFrom(1, 2, 3) })
  .map(({ low, n, step }) => named(int(low, low + n * step, { step, log: n > 6 })));
const choices = fc
  .uniqueArray(fc.constantFrom("a", "b", "c", "d", "e"), { minLength: 1 })
  .map((all) => named(choice(all, { labels: all.map((each) => `the ${each}`) })));
const kinds = [floats, fc.oneof(floats, stepped), ints, choices, fc.constant(named(boolean()))] as const;
const pairs = fc.oneof(...kinds.map((kind) => fc.tuple(kind, kind)));

describe("merging parameters", () => {
  it("makes a sound parameter that holds the values of both", () => {
    fc.assert(
      fc.property(pairs, fc.double({ min: 0, max: 1, noNaN: true }), ([a, b], u) => {
        const merged = mergeParameters(a, b)!;
        expect(parameterProblem(merged)).toBeNull();
        for (const p of [a, b]) {
          const values = finiteValues(p, 100) ?? [fromUnit(p, u)];
          for (const value of values) expect(isParameterValue(merged, value)).toBe(true);
        }
      }),
    );
  });

  it("changes nothing when both are the same, and keeps the places of choices", () => {
    fc.assert(
      fc.property(choices, choices, (a, b) => {
        const merged = mergeParameters(a, b)!;
        if (merged.type !== "categorical" || a.type !== "categorical") throw new Error(merged.type);
        expect(merged.choices.slice(0, a.choices.length)).toEqual(a.choices);
      }),
    );
    const same = named(float(1, 2, { log: true, orZero: true }));
    expect(mergeParameters(same, same)).toEqual(same);
  });

  it("answers null for other kinds and for another order", () => {
    const all = [float(0, 1), int(0, 1), boolean(), choice(["a"]), ordinal(["a", "b"]), ordinal(["b", "a"])].map(named);
    for (const a of all) for (const b of all) expect(mergeParameters(a, b)).toEqual(a === b ? a : null);
  });
});

describe("the domain of a parameter", () => {
  it("says all that decides values, and nothing else", () => {
    fc.assert(
      fc.property(fc.oneof(...kinds), (p) => {
        expect(parameterOf("p", domainOf(p))).toEqual(p);
        expect(domainOf({ ...p, name: "other", description: "words", unit: "s" } as Parameter)).toEqual(domainOf(p));
      }),
    );
  });
});
