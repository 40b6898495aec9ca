import { expect, it } from "vitest";
import { choice, defineSpace, float, int } from "../../space/index.ts";
import { FeatureMap } from "./feature-map.ts";
import { PointSpace } from "./point-space.ts";

const points = new PointSpace(
  defineSpace({
    lr: float(0, 1),
    model: choice(["mlp", "forest"]),
    width: float(0, 1, { when: { model: "mlp" } }),
    trees: int(1, 9, { when: { model: "forest" } }),
  }),
);

it("writes places, then activities, then nominal values, feature by feature", () => {
  const map = new FeatureMap(points, 3);
  expect([map.numeric, map.nominal, map.size, map.dimension]).toEqual([5, 1, 6, 3]);
  expect([map.numericAxes, map.nominalAxes]).toEqual([[0, 2, 3], [1]]);
  const stride = 3;
  const out = new Float64Array(map.size * stride).fill(-7);
  map.write([Float64Array.of(0.1, 0, 0.7, Number.NaN), Float64Array.of(0.2, 1, Number.NaN, 0.3)], out, stride);
  expect([...out]).toEqual([
    ...[0.1, 0.2, -7],
    ...[0.7, 0.5, -7],
    ...[0.5, 0.3, -7],
    ...[1, 0, -7],
    ...[0, 1, -7],
    ...[0, 1, -7],
  ]);
  map.write([Float64Array.of(0.1, Number.NaN, Number.NaN, Number.NaN)], out, stride);
  expect(out[5 * stride]).toBe(-1);
});

it("bends the places of an axis, and no others", () => {
  const plain = new FeatureMap(points, 3);
  const map = plain.bent(["low", "none", "high", "none"]);
  const out = new Float64Array(map.size);
  map.write([Float64Array.of(0.25, 0, 0.25, Number.NaN)], out, 1);
  // 0.25^0.4 and 1 - 0.75^0.4
  expect(out[0]).toBeCloseTo(0.5743491774985174, 14);
  expect(out[1]).toBeCloseTo(0.10869877101699832, 14);
  expect(out[2]).toBe(0.5);
  expect([map.size, map.dimension]).toEqual([plain.size, 3]);
  for (const [axis, place] of [
    [0, 0.25],
    [2, 0.6],
  ] as const) {
    const [below, above] = [-1e-6, 1e-6].map((step) => {
      const at = new Float64Array(map.size);
      map.write([Float64Array.of(place + step, 0, place + step, Number.NaN)], at, 1);
      return at[map.numericAxes.indexOf(axis)]!;
    });
    expect(map.slope(axis, place)).toBeCloseTo((above! - below!) / 2e-6, 6);
    expect(plain.slope(axis, place)).toBe(1);
  }
});
