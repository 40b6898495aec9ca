import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { choice, defineSpace, float, int, oneOf } from "../../space/index.ts";
import { PointSpace } from "./point-space.ts";
import { repeatGroups } from "./repeat-groups.ts";

const SPACE = new PointSpace(
  defineSpace({ a: float(0, 1), b: int(0, 2), m: oneOf({ u: { c: choice(["x", "y"]) }, v: { d: float(0, 1) } }) }),
);

const POINT = fc
  .record({
    a: fc.constantFrom(0, 0.25, 0.5),
    b: fc.nat(2),
    m: fc.constantFrom("u", "v"),
    c: fc.constantFrom("x", "y"),
  })
  .map(({ a, b, m, c }) => SPACE.fromParams(m === "u" ? { a, b, m, c } : { a, b, m, d: a }));

describe("repeatGroups", () => {
  it("finds the measured points of equal key, however their sums fall", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(POINT, fc.boolean()), { maxLength: 40 }), (drawn) => {
        const points = drawn.map(([point]) => point);
        const keys = points.map((point) => SPACE.key(point));
        const same = (i: number) => drawn.flatMap(([, measured], k) => (measured && keys[k] === keys[i] ? [k] : []));
        const wanted = drawn.flatMap(([, measured], i) => (measured && same(i)[0] === i ? [same(i)] : []));
        const found = repeatGroups(SPACE, points, (i) => drawn[i]![1]);
        expect(found.toSorted((a, b) => a[0]! - b[0]!)).toEqual(wanted.filter((group) => group.length > 1));
      }),
    );
  });

  it("tells apart configurations whose sums agree", () => {
    const plane = new PointSpace(defineSpace({ a: float(0, 1), b: float(0, 1) }));
    const [p, q] = [Float64Array.of(0.4, 0.1), Float64Array.of(0.2, 0.2)];
    expect(repeatGroups(plane, [p, q, p, q, p], () => true)).toEqual([
      [0, 2, 4],
      [1, 3],
    ]);
  });
});
