import { describe, expect, it } from "vitest";
import {
  boolean,
  checkParams,
  choice,
  defineSpace,
  fixed,
  float,
  int,
  ordinal,
  type Params,
} from "../../space/index.ts";
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

const mixed = defineSpace({
  lr: float(1e-4, 1, { log: true }),
  model: choice(["mlp", "forest", "linear"]),
  size: ordinal(["small", "middle", "large"], { when: { model: "mlp" } }),
  trees: int(1, 4, { when: { model: ["forest", "linear"] } }),
  depth: int(1, 9, { when: { model: ["forest", "linear"] } }),
  warm: boolean(),
  version: fixed("v1"),
  only: fixed(3, { when: { model: "mlp" } }),
  extra: float(0, 1, { when: { version: "v1", warm: true } }),
  never: float(0, 1, { when: { version: "v1", model: "mlp", size: "large" } }),
});

describe("a point space", () => {
  const points = new PointSpace(mixed);
  const axisOf = (name: string): number => points.axes.findIndex(({ parameter }) => parameter.name === name);

  it("has an axis for each parameter that is searched, and groups those that are active together", () => {
    expect(points.axes.map(({ parameter, kind, levels }) => [parameter.name, kind, levels])).toEqual([
      ["lr", "numeric", null],
      ["model", "nominal", 3],
      ["size", "numeric", 3],
      ["trees", "numeric", 4],
      ["depth", "numeric", 9],
      ["warm", "nominal", 2],
      ["extra", "numeric", null],
      ["never", "numeric", null],
    ]);
    expect([...points.groups]).toEqual([-1, -1, 0, 1, 1, -1, 2, 3]);
    expect(points.groupAxes).toEqual([2, 3, 6, 7]);
    expect([...points.parents].sort()).toEqual([axisOf("model"), axisOf("size"), axisOf("warm")]);
  });

  it("goes from configurations to points and back", () => {
    const configurations: readonly Params[] = [
      { lr: 0.01, model: "mlp", size: "large", warm: true, version: "v1", only: 3, extra: 0.25, never: 0.5 },
      { lr: 1, model: "forest", trees: 4, depth: 2, warm: false, version: "v1" },
      { lr: 1e-4, model: "mlp", size: "small", warm: false, version: "v1", only: 3 },
    ];
    for (const params of configurations) {
      const point = points.fromParams(params);
      const back = points.toParams(point);
      expect(back).toEqual({ ...params, lr: expect.closeTo(Number(params.lr), 12) });
      expect(Object.keys(back)).toEqual(mixed.parameters.flatMap(({ name }) => (name in params ? [name] : [])));
      const settled = Float64Array.from(point);
      points.settle(settled, () => 0);
      expect(settled).toEqual(point);
    }
  });

  it("counts what the space does not have as missing, and numbers beyond its ends as these", () => {
    const point = points.fromParams({ lr: 7, model: "tree", size: "huge", trees: "many", warm: 1, extra: -3 });
    expect([...point]).toEqual([1, ...Array.from({ length: 5 }, () => Number.NaN), 0, Number.NaN]);
  });

  it("fills what becomes active, clears what becomes inactive, and snaps to values", () => {
    const point = points.fromParams({ lr: 0.01, model: "forest", trees: 2, depth: 3, warm: false });
    point[axisOf("model")] = 0;
    points.settle(point, (axis) => points.middle(axis));
    expect(points.toParams(point)).toEqual({
      lr: expect.closeTo(0.01, 12),
      model: "mlp",
      size: "middle",
      warm: false,
      version: "v1",
      only: 3,
    });
    const between = points.fromParams({ lr: 0.01, model: "forest", trees: 2, depth: 3, warm: true });
    between[axisOf("trees")] = 0.55;
    points.settle(between, () => 0.75);
    expect(points.toParams(between)).toMatchObject({ trees: 3, depth: 3, extra: 0.75 });
    expect(between[axisOf("trees")]).toBe(points.fromParams({ trees: 3 })[axisOf("trees")]);
    expect([points.snap(0, -0.5), points.snap(0, 0.3), points.snap(0, 1.5)]).toEqual([0, 0.3, 1]);
  });

  it("gives each value of an axis its share of uniform numbers", () => {
    const drawn = (name: string) => {
      const axis = axisOf(name);
      const codes = Array.from({ length: 12 }, (_, k) => points.uniform(axis, (k + 0.5) / 12));
      return codes.map((code) => points.level(axis, code));
    };
    expect(drawn("model")).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]);
    expect(drawn("trees")).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]);
    expect(drawn("warm")).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1]);
    expect(points.uniform(axisOf("model"), 1)).toBe(2);
  });

  it("reads the numbers of history columns", () => {
    expect(points.fromCode(axisOf("model"), 2)).toBe(2);
    expect(points.fromCode(axisOf("size"), 1)).toBe(0.5);
    expect(points.fromCode(axisOf("lr"), 0.01)).toBeCloseTo(0.5, 12);
    for (const [name, code] of [
      ["model", 3],
      ["model", -1],
      ["model", 0.5],
      ["size", 3],
      ["lr", Number.NaN],
    ] as const)
      expect(points.fromCode(axisOf(name), code)).toBeNaN();
  });

  it("knows what is feasible, and which points are one configuration", () => {
    const tied = new PointSpace(defineSpace({ a: float(0, 1), b: float(0, 1) }, { where: ["a + b < 1"] }));
    expect(tied.isFeasible(Float64Array.of(0.2, 0.3))).toBe(true);
    expect(tied.isFeasible(Float64Array.of(0.7, 0.4))).toBe(false);
    expect(tied.key(Float64Array.of(0.2, 0.3))).toBe(tied.key(Float64Array.of(0.2 + 1e-12, 0.3)));
    expect(tied.key(Float64Array.of(0.2, 0.3))).not.toBe(tied.key(Float64Array.of(0.2 + 1e-8, 0.3)));
    expect(tied.key(Float64Array.of(0.2, 0.3))).not.toBe(tied.key(Float64Array.of(0.3, 0.2)));
  });

  it("goes by any of the values of a condition on a parameter with too many values to list", () => {
    const child = float(0, 1, { when: { n: [7, 90_000] } });
    const fine = new PointSpace(defineSpace({ n: int(0, 100_000), a: child }));
    const isActive = (params: Params) => fine.isActive(1, fine.fromParams(params));
    const given: readonly Params[] = [{ n: 7 }, { n: 90_000 }, { n: 8 }, {}];
    expect(given.map(isActive)).toEqual([true, true, false, false]);
  });

  it("snaps a step that has too many values to list", () => {
    const fine = new PointSpace(defineSpace({ n: int(0, 100_000) }));
    expect(fine.axes[0]!.levels).toBe(null);
    expect(fine.toParams(Float64Array.of(fine.snap(0, 0.5)))).toEqual({ n: 50_000 });
    expect(fine.snap(0, 0.5)).toBe(fine.snap(0, 0.500001));
  });
});
