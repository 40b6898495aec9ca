import { describe, expect, it } from "vitest";
import { compileLimit } from "../objective/index.ts";
import { makeTrial } from "../objective/testing/make-trial.testing.ts";
import { defineSpace, float } from "../space/index.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { findBest } from "./find-best.ts";
import { summarize } from "./summarize.ts";
import { findWinner } from "./winner.ts";

const LOSS: Metric = { name: "loss", direction: "minimize" };
const BOTH: readonly Metric[] = [LOSS, { name: "score", direction: "maximize" }];
const LIMITS = [compileLimit("ms <= 20")];

const trial = (number: number, values: Readonly<Record<string, number>>, more: Partial<Trial> = {}): Trial =>
  makeTrial(number, 0, { values, ...more });
const again = (of: number, index: number) =>
  ({ configuration: of, params: { x: of }, replicate: { index, seed: index, fold: null } }) as const;

describe("findBest by one objective", () => {
  const trials = [
    trial(0, { loss: 3, ms: 10 }),
    trial(1, { loss: 1, ms: 30 }),
    trial(2, { loss: 2, ms: 20 }),
    trial(3, { loss: 5, ms: 1 }),
  ];

  it("is the winner, and a front of it alone", () => {
    const { winner, front, knee, nearest } = findBest(trials, [LOSS], null);
    expect(knee).toEqual(front[0]);
    expect(winner).toEqual(findWinner(trials, [LOSS], null));
    expect(front).toEqual([
      {
        number: 1,
        params: { x: 1 },
        values: { loss: 1 },
        uncertainty: null,
        kept: { ms: 30 },
        replicates: 1,
        confirmed: false,
      },
    ]);
    expect(nearest).toBe(null);
    expect(findBest([], [LOSS], null)).toEqual({ winner: null, front: [], knee: null, nearest: null });
  });

  it("has the error of the winner's mean where it was run again", () => {
    const runs = [trial(4, { loss: 2 }, again(0, 1)), trial(5, { loss: 4 }, again(0, 2))];
    expect(findBest([trials[0]!, ...runs, trials[3]!], [LOSS], null).front).toMatchObject([
      { number: 0, values: { loss: 3 }, uncertainty: { loss: 1 }, replicates: 2, confirmed: true },
    ]);
  });

  it("compares with limits only what keeps them, the defaults too", () => {
    const { winner, front } = findBest(trials, [LOSS], { x: 1 }, LIMITS);
    expect(winner).toMatchObject({ number: 2, runnerUp: { number: 0, lead: 1 }, candidate: null, default: null });
    expect(winner!.limits).toEqual({ feasible: true, violation: 0, broken: [] });
    expect(front).toMatchObject([{ number: 2, limits: { feasible: true } }]);
    expect(findBest(trials, [LOSS], { x: 3 }, LIMITS).winner!.default).toMatchObject({ number: 3, lead: 3 });
  });

  it("is the nearest while nothing keeps the limits, with no lead over anything", () => {
    const { winner, front, nearest } = findBest(trials.slice(1, 2), [LOSS], null, LIMITS);
    expect(winner).toMatchObject({ number: 1, runnerUp: null, limits: { feasible: false, broken: ["ms <= 20"] } });
    expect(front).toEqual([]);
    expect(nearest).toMatchObject({ number: 1, limits: winner!.limits! });
  });

  it("says of defaults that broke a limit that they did", () => {
    const space = defineSpace({ x: float(0, 9, { default: 1 }) });
    expect(summarize(trials, [LOSS], space, LIMITS)).toMatchObject({
      limits: ["ms <= 20"],
      winner: { number: 2 },
      defaultTrial: { number: 1, state: "complete", broken: ["ms <= 20"] },
    });
  });
});

describe("findBest by several objectives", () => {
  it("has no winner, and a front with the error of each mean", () => {
    const runs = [trial(5, { loss: 2, score: 8 }, again(0, 1)), trial(6, { loss: 4, score: 8 }, again(0, 2))];
    const trials = [
      trial(0, { loss: 0, score: 9 }),
      trial(1, { loss: 5, score: 9 }),
      trial(2, { loss: 6, score: 1 }),
      ...runs,
    ];
    const { winner, front, nearest } = findBest(trials, BOTH, null);
    expect([winner, nearest]).toEqual([null, null]);
    expect(front).toEqual([
      {
        number: 0,
        params: { x: 0 },
        values: { loss: 3, score: 8 },
        uncertainty: { loss: 1, score: 0 },
        kept: {},
        replicates: 2,
        confirmed: true,
      },
      expect.objectContaining({ number: 1, uncertainty: null }),
    ]);
  });

  it("counts a trial without a finite value of each as in no comparison", () => {
    const trials = [trial(0, { loss: 1 }), trial(1, { loss: 1, score: Number.NaN }), trial(2, { loss: 2, score: 1 })];
    const report = summarize(trials, BOTH, defineSpace({ x: float(0, 9) }));
    expect(report.worthless).toBe(2);
    expect(report.front.map(({ number }) => number)).toEqual([2]);
  });

  it("names the nearest where nothing keeps the limits", () => {
    const trials = [trial(0, { loss: 1, score: 1, ms: 40 }), trial(1, { loss: 9, score: 0, ms: 30 })];
    expect(findBest(trials, BOTH, null, LIMITS)).toMatchObject({ winner: null, front: [], nearest: { number: 1 } });
  });
});
