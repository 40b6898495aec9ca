import { expect, it } from "vitest";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { boolean, choice, defineSpace, float, int, oneOf } from "../../space/index.ts";
import { PointSpace } from "../../surrogate/gp/point-space.ts";
import { TrustBox } from "./trust-box.ts";

const space = new PointSpace(
  defineSpace({
    ...Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`x${i}`, float(0, 1)])),
    n: int(1, 9),
    kind: choice(["a", "b", "c"]),
    m: oneOf({ p: { only: float(0, 1) }, q: {} }),
  }),
);
const center = space.fromParams({
  ...Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`x${i}`, i / 29])),
  n: 5,
  kind: "b",
  m: "q",
});

it("draws near its centre, about twenty axes at a time, and settles conditions", () => {
  const box = new TrustBox(space, center, 0.2);
  const stream = keyedStreams(2).stream("box");
  let changed = 0;
  for (let k = 0; k < 200; k++) {
    const point = box.draw(stream);
    for (let axis = 0; axis < 30; axis++) {
      expect(point[axis]).toBeGreaterThanOrEqual(Math.max(0, center[axis]! - 0.1) - 1e-12);
      expect(point[axis]).toBeLessThanOrEqual(Math.min(1, center[axis]! + 0.1) + 1e-12);
      if (point[axis] !== center[axis]) changed += 1;
    }
    const params = space.toParams(point);
    expect(Object.hasOwn(params, "only")).toBe(params.m === "p");
  }
  expect(changed / 200).toBeGreaterThan(14);
  expect(changed / 200).toBeLessThan(22);
});

it("bounds numeric axes that are active at its centre, within their ranges", () => {
  const box = new TrustBox(space, center, 0.2);
  const bounds = (name: string) => box.bounds(space.axes.findIndex(({ parameter }) => parameter.name === name));
  expect(bounds("x0")).toEqual([0, 0.1]);
  expect(bounds("x29")).toEqual([0.9, 1]);
  expect(bounds("n")).toEqual([0.4, 0.6]);
  for (const name of ["kind", "m", "only"]) expect(bounds(name)).toEqual([0, 1]);
});

it("brings points back into the box, and leaves what has no place there", () => {
  const box = new TrustBox(space, center, 0.2);
  const far = space.fromParams({ ...space.toParams(center), x0: 1, x29: 0, kind: "c", m: "p", only: 0.9 });
  const { x0, x29, kind, only } = space.toParams(box.clamp(far));
  expect([x0, x29, kind, only]).toEqual([0.1, 0.9, "c", 0.9]);
});

it("gives a choice that becomes active inside the box one of its values", () => {
  const tied = new PointSpace(
    defineSpace({
      n: int(1, 9),
      unit: choice(["a", "b"], { when: { n: [6] } }),
      flag: boolean({ when: { unit: "a" } }),
    }),
  );
  const box = new TrustBox(tied, tied.fromParams({ n: 5 }), 0.2);
  expect(tied.toParams(box.clamp(tied.fromParams({ n: 9 })))).toEqual({ n: 6, unit: "a", flag: false });
});
