import { expect, it } from "vitest";
import { makeTrial } from "../objective/testing/make-trial.testing.ts";
import { hypervolumeFigure } from "./hypervolume.ts";

const METRICS = [
  { name: "loss", direction: "minimize" },
  { name: "gain", direction: "maximize" },
] as const;
const trial = (number: number, loss: number, gain: number) => makeTrial(number, loss, { values: { loss, gain } });
const TRIALS = [trial(0, 2, 1), trial(1, 1, 0), trial(2, 6, 6)];

it("is measured from the references that the objectives have, else from the worst that is worth a look", () => {
  expect(hypervolumeFigure(TRIALS, METRICS).bounds).toEqual([
    [6, 1],
    [0, 6],
  ]);
  const given = METRICS.map((metric, k) => ({ ...metric, reference: [3, -2][k]! }));
  const { bounds, points } = hypervolumeFigure(TRIALS, given);
  expect(bounds).toEqual([
    [3, 1],
    [-2, 6],
  ]);
  // Of the box of 2 by 8: 1 x 3, then 1 x 2 more, then nothing for what is beyond a reference.
  expect(points.map(({ volume }) => volume)).toEqual([3 / 16, 5 / 16, 5 / 16]);
});

it("is 0 where nothing is better than a reference", () => {
  for (const reference of [1, 0.5]) {
    const given = [{ ...METRICS[0], reference }, METRICS[1]];
    const { points } = hypervolumeFigure(TRIALS, given);
    expect(new Set(points.map(({ volume }) => volume))).toEqual(new Set([0]));
  }
});

it("counts references with three objectives too", () => {
  const three = [...METRICS, { name: "ms", direction: "minimize", reference: 4 } as const];
  const trials = [0, 1].map((k) => makeTrial(k, 1, { values: { loss: k, gain: k, ms: 2 + 3 * k } }));
  const { bounds, points } = hypervolumeFigure(trials, three);
  expect(bounds[2]).toEqual([4, 2]);
  expect(points.at(-1)!.volume).toBe(0);
});
