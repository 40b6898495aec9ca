import fc from "fast-check";
import { expect, it } from "vitest";
import type { Metric } from "../trial/metric.ts";
import { nonDominated } from "./dominates.ts";
import { GrowingFront } from "./growing-front.ts";
import { compileLimit } from "./limit.ts";
import { makeTrial } from "./testing/make-trial.testing.ts";

const METRICS: readonly Metric[] = [
  { name: "recall", direction: "maximize" },
  { name: "ms", direction: "minimize" },
  { name: "size", direction: "minimize" },
];

it("holds what no other dominates, each point once, and says when it grew", () => {
  const value = fc.integer({ min: 0, max: 4 });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(value, value, value), { maxLength: 20 }),
      fc.integer({ min: 1, max: 3 }),
      (points, many) => {
        const metrics = METRICS.slice(0, many);
        const front = new GrowingFront(metrics, []);
        const seen: number[][] = [];
        for (const [number, [recall, ms, size]] of points.entries()) {
          const point = [recall, ms, size].slice(0, many);
          const isBeaten = seen.some(
            (other) =>
              nonDominated([other, point], metrics).length < 2 && !nonDominated([other, point], metrics).includes(1),
          );
          const isKnown = seen.some((other) => `${other}` === `${point}`);
          expect(front.admit(makeTrial(number, 0, { values: { recall, ms, size } }))).toBe(!isBeaten && !isKnown);
          seen.push(point);
          const best = nonDominated(seen, metrics).map((place) => `${seen[place]}`);
          expect(front.points.map(String).toSorted()).toEqual([...new Set(best)].toSorted());
        }
      },
    ),
  );
});

it("takes in complete trials alone that are valid, finite in each objective, and keep the limits", () => {
  const admits = (values: Parameters<typeof makeTrial>[2], limit = "memory <= 4") => {
    const front = new GrowingFront(METRICS.slice(0, 2), [compileLimit(limit)]);
    const trial = makeTrial(0, 0, { ...values, values: { recall: 0.9, ms: 3, memory: 2, ...values?.values } });
    return [front.admit(trial), front.points.length];
  };
  expect(admits({})).toEqual([true, 1]);
  for (const refused of [
    { state: "pruned" },
    { state: "running" },
    { invalid: [{ from: 1, to: null }] },
    { values: { ms: "NaN" } },
    { values: { recall: "Infinity" } },
    { values: { memory: 5 } },
    { values: { memory: "NaN" } },
  ] as const)
    expect(admits(refused as never), JSON.stringify(refused)).toEqual([false, 0]);
});
