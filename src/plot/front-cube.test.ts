import { expect, it } from "vitest";
import type { FrontFigure } from "./front.ts";
import { frontCube } from "./front-cube.ts";

const point = (trial: number, ...values: readonly number[]) => ({ trial, values, feasible: true });

const FRONT: FrontFigure = {
  type: "front",
  metrics: [
    { name: "loss", direction: "minimize" },
    { name: "ms", direction: "minimize", unit: "ms" },
    { name: "accuracy", direction: "maximize" },
    { name: "memory", direction: "minimize" },
  ],
  limits: [
    { metric: "ms", at: 15, text: "ms <= 15" },
    { metric: "memory", at: 900, text: "memory <= 900" },
  ],
  front: [point(4, 0, 10, 0.5, 100), point(2, 0.5, 5, 0.75, 200)],
  others: [point(0, 1, 10, 0.6, 300), { ...point(1, 0.5, 20, 1, 400), feasible: false }],
  knee: 2,
  preferred: 4,
  configurations: 4,
};

it("lays the configurations between the ends of three objectives, and says what each is", () => {
  const { axes, points, planes, beyond } = frontCube(FRONT);
  expect(axes.map(({ name }) => name)).toEqual(["loss (minimize)", "ms (ms, minimize)", "accuracy (maximize)"]);
  expect(axes[1].ticks).toEqual(["5", "10", "15", "20"].map((text, k) => ({ at: expect.closeTo(k / 3), text })));
  expect(points.map(({ trial, standing, isKnee, isPreferred }) => [trial, standing, isKnee, isPreferred])).toEqual([
    [0, "dominated", false, false],
    [1, "infeasible", false, false],
    [4, "front", false, true],
    [2, "front", true, false],
  ]);
  expect(points[1]!.at).toEqual([0.5, 1, 1]);
  expect(points[3]!.at).toEqual([0.5, 0, 0.5]);
  expect(planes).toEqual([{ axis: 1, at: expect.closeTo(2 / 3), text: "ms <= 15" }]);
  expect(beyond).toBe(0);
});

it("takes other objectives for its edges, and keeps a limit of none of them out", () => {
  const { axes, points, planes } = frontCube(FRONT, [3, 0, 2]);
  expect(axes.map(({ metric }) => metric.name)).toEqual(["memory", "loss", "accuracy"]);
  expect(points.at(-1)!.at[1]).toBe(0.5);
  // The bound lies beyond what is drawn.
  expect(planes).toEqual([]);
});

it("lays what is far worse than the rest at the end of its axis, and no point of the front", () => {
  const many = Array.from({ length: 40 }, (_, k) => point(k + 10, 1 + k / 40, 10, 0.5, 1));
  const far = {
    ...FRONT,
    others: [...many, point(90, 1e6, 10, 0.5, 1)],
    front: [...FRONT.front, point(91, 50, 1, 1, 1)],
  };
  const { points, beyond } = frontCube(far);
  expect(beyond).toBe(1);
  expect(points.find(({ trial }) => trial === 90)?.at[0]).toBe(1);
  const [along] = points.find(({ trial }) => trial === 91)!.at;
  expect(along).toBeGreaterThan(0.9);
  expect(along).toBeLessThanOrEqual(1);
  expect(points.find(({ trial }) => trial === 10)?.at[0]).toBeLessThan(0.1);
});
