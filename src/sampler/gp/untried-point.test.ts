import { expect, it } from "vitest";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { boolean, checkParams, choice, defineSpace, float, int, oneOf } from "../../space/index.ts";
import { PointSpace } from "../../surrogate/gp/point-space.ts";
import { untriedPoint } from "./untried-point.ts";

/** Configurations found one after the other until there are no more. */
function findAll(points: PointSpace, known?: Float64Array): readonly string[] {
  const tried = new Set<string>();
  const found: string[] = [];
  const allowed = (point: Float64Array) => !tried.has(points.key(point)) && points.isFeasible(point);
  for (;;) {
    const point = untriedPoint(points, allowed, keyedStreams(found.length).stream("untried"), known);
    if (point === null) return found;
    const params = points.toParams(point);
    expect(checkParams(points.space, params)).toEqual([]);
    found.push(JSON.stringify(params));
    tried.add(points.key(point));
  }
}

function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => i);
}

const space = new PointSpace(
  defineSpace(
    { model: oneOf({ a: { n: int(1, 40, { log: true }) }, b: { kind: choice(["x", null]), deep: boolean() }, c: {} }) },
    { where: ["n != 7"] },
  ),
);

it("finds every configuration of a finite space once, then none", () => {
  const found = findAll(space);
  expect(found).toHaveLength(39 + 4 + 1);
  expect(new Set(found).size).toBe(found.length);
});

it("keeps what is known", () => {
  const found = findAll(space, space.fromParams({ model: "b", kind: null }));
  expect([...found].sort()).toEqual([
    '{"model":"b","kind":null,"deep":false}',
    '{"model":"b","kind":null,"deep":true}',
  ]);
});

it("finds the continuous parameter behind a long chain of conditions, which is hardly ever drawn", () => {
  const record = Object.fromEntries(
    upTo(12).map((i) => [`go${i}`, boolean(i === 0 ? {} : { when: { [`go${i - 1}`]: true } })]),
  );
  const chain = new PointSpace(defineSpace({ ...record, x: float(0, 1, { when: { go11: true } }) }));
  const stream = keyedStreams(1).stream("untried");
  const point = untriedPoint(chain, (place) => chain.toParams(place).x !== undefined, stream);
  expect(chain.toParams(point!).go11).toBe(true);
});

it("gives up where it would take too long", () => {
  const huge = new PointSpace(defineSpace(Object.fromEntries(upTo(60).map((i) => [`x${i}`, boolean()]))));
  let looks = 0;
  const never = () => {
    looks += 1;
    return false;
  };
  expect(untriedPoint(huge, never, keyedStreams(1).stream("untried"))).toBe(null);
  expect(looks).toBe(5000);
});
