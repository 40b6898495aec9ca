import { expect, it } from "vitest";
import { checkParams, choice, defineSpace, float, int } from "../../space/index.ts";
import { PointSpace } from "./point-space.ts";

it("decodes a place between two values to the one by which conditions went", () => {
  const space = defineSpace({
    n: int(5, 491, { log: true }),
    child: choice(["a", "b"], { when: { n: 5 } }),
    other: float(0, 1, { when: { n: 6 } }),
  });
  const points = new PointSpace(space);
  for (let u = 0; u < 0.1; u += 1e-4) {
    const point = Float64Array.of(u, Number.NaN, Number.NaN);
    if (points.isActive(1, point)) point[1] = 0;
    if (points.isActive(2, point)) point[2] = 0.5;
    expect(checkParams(space, points.toParams(point)), `place ${u}`).toEqual([]);
  }
});

it("takes every place in the share of an exact zero for that zero: one configuration, one key", () => {
  const space = defineSpace({ l2: float(1e-6, 1e-1, { log: true, orZero: true }), x: float(0, 1) });
  const points = new PointSpace(space);
  const zero = points.fromParams({ l2: 0, x: 0.5 });
  for (const place of [0, 0.01, 0.08, 0.15]) {
    const point = Float64Array.of(place, 0.5);
    expect(points.toParams(point).l2).toBe(0);
    points.settle(point, () => 0);
    expect(points.key(point)).toBe(points.key(zero));
  }
  expect(points.snap(0, 0.2)).toBe(0.2);
});
