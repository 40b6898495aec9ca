import { expect, it } from "vitest";
import type { CubePlace } from "../../../../src/plot/front-cube.ts";
import { FIRST_TURN, turnCube, turnedBy } from "./turned-cube.ts";

const TURNS = [0, 35, 90, 145, 200, 290].flatMap((around) => [0, 20, 60, 90].map((above) => ({ around, above })));
const ENDS = [0, 1] as const;
const CORNERS = ENDS.flatMap((x) => ENDS.flatMap((y) => ENDS.map((z): CubePlace => [x, y, z])));

it("from the front the first axis runs right, the third up, and the second away", () => {
  const { seen } = turnCube({ around: 0, above: 0 });
  const [origin, right, up, away] = [seen([0, 0, 0]), seen([1, 0, 0]), seen([0, 0, 1]), seen([0, 1, 0])];
  expect(right.x).toBeGreaterThan(origin.x);
  expect(right.y).toBeCloseTo(origin.y);
  expect(up.y).toBeLessThan(origin.y);
  expect(up.x).toBeCloseTo(origin.x);
  expect(away.near).toBeLessThan(origin.near);
  // What is far looks small.
  expect(Math.abs(away.x)).toBeLessThan(Math.abs(origin.x));
});

it("from above the second axis runs up, and turned by a quarter the second runs right", () => {
  const above = turnCube({ around: 0, above: 90 });
  expect(above.seen([0, 1, 0]).y).toBeLessThan(above.seen([0, 0, 0]).y);
  const aside = turnCube({ around: 90, above: 0 });
  expect(aside.seen([0, 1, 0]).x).toBeGreaterThan(aside.seen([0, 0, 0]).x);
  expect(aside.seen([1, 0, 0]).near).toBeGreaterThan(aside.seen([0, 0, 0]).near);
});

it.each(TURNS)("numbers stand on the outline, at the bottom and on the left: $around, $above", (turn) => {
  const { seen, edges, behind } = turnCube(turn);
  const places = CORNERS.map(seen);
  const middle = ({ from, to }: (typeof edges)[number]) =>
    seen(from.map((at, k) => (at + to[k]!) / 2) as unknown as CubePlace);
  // All corners lie on one side of an edge of the outline, or on it.
  for (const { from, to } of edges) {
    const [a, b] = [seen(from), seen(to)];
    if (Math.hypot(b.x - a.x, b.y - a.y) < 0.3) continue;
    const sides = places.map(({ x, y }) => (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x));
    expect(Math.min(...sides) > -1e-9 || Math.max(...sides) < 1e-9).toBe(true);
  }
  // Looked at straight from one side, the floor's edges that run away lie inside the outline.
  if (turn.above < 90 && turn.around % 90 !== 0) for (const edge of edges.slice(0, 2)) expect(edge.from[2]).toBe(0);
  if (turn.above < 60) expect(middle(edges[2]).x).toBeLessThan(0);
  // The walls behind are farther than those before them.
  for (const { axis, end } of behind) {
    const at = (place: number) => seen([0, 1, 2].map((k) => (k === axis ? place : 0.5)) as unknown as CubePlace).near;
    expect(at(end)).toBeLessThanOrEqual(at(1 - end) + 1e-9);
  }
});

it("turns around without an end, and neither below the floor nor over the top", () => {
  expect(turnedBy({ around: 350, above: 10 }, 20, -30)).toEqual({ around: 10, above: 0 });
  expect(turnedBy({ around: 5, above: 80 }, -10, 30)).toEqual({ around: 355, above: 90 });
  expect(turnedBy(FIRST_TURN, 0, 0)).toEqual(FIRST_TURN);
});
