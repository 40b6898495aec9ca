import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { bbobProblem } from "./problem.ts";
import { solvedTargets } from "./suite.ts";

type Row = readonly [number, number, number, number, number, number];

const GOLDEN: readonly Row[] = JSON.parse(readFileSync(new URL("golden/bbob.json", import.meta.url), "utf8"));

function points(d: number): readonly Float64Array[] {
  const rounded = (of: (j: number) => number) =>
    Float64Array.from({ length: d }, (_, j) => Math.round(of(j) * 1e3) / 1e3);
  return [rounded(() => 0), rounded((j) => -4.7 + (9.6 * j) / (d - 1)), rounded((j) => 5.2 * Math.sin(1 + 1.7 * j))];
}

it("has the published values of all functions, in three instances and four dimensions", () => {
  expect(GOLDEN).toHaveLength(24 * 3 * 4);
  const wrong = GOLDEN.flatMap(([number, instance, d, ...values]) => {
    const { gap, optimal } = bbobProblem(number, instance, d);
    return points(d).flatMap((x, i) => {
      const value = gap(x) + optimal;
      return Math.abs(value - values[i]!) <= 1e-10 * Math.max(1, Math.abs(values[i]!))
        ? []
        : [[number, instance, d, i, value]];
    });
  });
  expect(wrong).toEqual([]);
});

it("counts targets from 1e2 to 1e-8, five to a decade", () => {
  expect([1e3, 100, 99, 1, 1e-8, 0].map(solvedTargets)).toEqual([0, 1, 1, 11, 51, 51]);
});
