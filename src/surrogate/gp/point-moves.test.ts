import { expect, it } from "vitest";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { boolean, checkParams, choice, defineSpace, float, int, oneOf } from "../../space/index.ts";
import { mutate, randomPoint } from "./point-moves.ts";
import { PointSpace } from "./point-space.ts";

const SPACE = defineSpace({
  x: float(0, 1),
  y: float(0, 1),
  n: int(1, 5),
  kind: choice(["a", "b", "c"]),
  flag: boolean(),
  only: choice(["one"]),
  m: oneOf({ p: { depth: int(1, 3) }, q: { width: float(0, 1) } }),
});
const POINTS = new PointSpace(SPACE);
const axisOf = (name: string): number => POINTS.axes.findIndex(({ parameter }) => parameter.name === name);
const FROM = POINTS.fromParams({ x: 0.5, y: 0.25, n: 3, kind: "b", flag: true, only: "one", m: "p", depth: 1 });
const moved = (count: number, spread: number, from = FROM) =>
  Array.from({ length: count }, (_, k) => mutate(POINTS, from, spread, keyedStreams(k).stream("move")));

it("draws points with all that is active, and keeps the places that are known", () => {
  for (let k = 0; k < 50; k++) {
    const known = new Float64Array(POINTS.size).fill(Number.NaN);
    known[axisOf("m")] = 1;
    known[axisOf("x")] = 0.125;
    const point = randomPoint(POINTS, keyedStreams(k).stream("draw"), known);
    expect(checkParams(SPACE, POINTS.toParams(point))).toEqual([]);
    expect(POINTS.toParams(point)).toMatchObject({ x: 0.125, m: "q" });
    expect(known[axisOf("width")]).toBeNaN();
    expect(checkParams(SPACE, POINTS.toParams(randomPoint(POINTS, keyedStreams(k).stream("draw"))))).toEqual([]);
  }
});

it("moves some axes of a point, at least one, and leaves the point as it was", () => {
  const before = FROM.slice();
  const points = moved(600, 0.1);
  expect(FROM).toEqual(before);
  const changes = points.map((point) => [...point.keys()].filter((axis) => !Object.is(point[axis], FROM[axis])));
  for (const point of points) expect(checkParams(SPACE, POINTS.toParams(point))).toEqual([]);
  // A choice of one value is the only one that may be chosen to move and stay.
  expect(changes.filter((axes) => axes.length === 0).length).toBeLessThan(600 / 8);
  const often = (name: string) => changes.filter((axes) => axes.includes(axisOf(name))).length / 600;
  // Two of eight active axes, one that is forced besides; numeric ones all in 0.35 of the moves.
  for (const name of ["x", "y", "n"]) expect(often(name), name).toBeCloseTo(0.35 + 0.65 * 0.34, 0.9);
  // What is no longer active has no place.
  for (const point of points) expect(Number.isNaN(point[axisOf("depth")])).toBe(point[axisOf("m")] === 1);
  for (const name of ["kind", "flag", "m"]) expect(often(name), name).toBeCloseTo(0.34, 0.9);
  expect(often("only")).toBe(0);
});

it("moves a number by about the spread, within its range, and a level to another one", () => {
  const points = moved(2_000, 0.05);
  const steps = points.map((point) => point[axisOf("x")]! - 0.5).filter((step) => step !== 0);
  expect(Math.sqrt(steps.reduce((sum, step) => sum + step * step, 0) / steps.length)).toBeCloseTo(0.05, 2);
  const at = (name: string, params: Readonly<Record<string, string | number | boolean>>, spread: number) => {
    const from = POINTS.fromParams({ ...POINTS.toParams(FROM), ...params });
    return new Set(moved(400, spread, from).map((point) => POINTS.toParams(point)[name]));
  };
  // Too small a move to leave a level goes to a neighbour, inwards at an end.
  expect(at("n", { n: 3 }, 1e-6)).toEqual(new Set([2, 3, 4]));
  expect(at("n", { n: 1 }, 1e-6)).toEqual(new Set([1, 2]));
  expect(at("n", { n: 5 }, 1e-6)).toEqual(new Set([4, 5]));
  const atEnd = POINTS.fromParams({ ...POINTS.toParams(FROM), n: 5 });
  const left = moved(400, 1e-6, atEnd).filter((point) => point[axisOf("n")] !== atEnd[axisOf("n")]);
  expect(left.length / 400).toBeCloseTo(0.35 + 0.65 * 0.34, 0.9);
  expect(at("n", { n: 3 }, 5)).toEqual(new Set([1, 2, 3, 4, 5]));
  expect(at("kind", { kind: "a" }, 0.1)).toEqual(new Set(["a", "b", "c"]));
  const ends = moved(400, 1e9).map((point) => point[axisOf("x")]!);
  expect(new Set(ends)).toEqual(new Set([0, 0.5, 1]));
});
