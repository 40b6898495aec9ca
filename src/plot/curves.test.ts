import { describe, expect, it } from "vitest";
import { makeTrial } from "../objective/testing/make-trial.testing.ts";
import type { Report, TrialDecision } from "../trial/trial.ts";
import { curvesFigure } from "./curves.ts";

const LOSS = { name: "loss", direction: "minimize" } as const;
const told = (...points: readonly (readonly [number, number | "NaN" | null])[]): readonly Report[] =>
  points.map(([step, loss], seq): Report => ({ seq, step, values: loss === null ? { other: 1 } : { loss } }));
const decided = (action: TrialDecision["action"], reason: string, report?: number): TrialDecision => ({
  ...{ view: 1, settingsVersion: 1, engine: "3", action, reason, revision: 2 },
  ...(report !== undefined && { report }),
});

describe("curvesFigure", () => {
  it("has each trial's finite values by step, the last of several, and the complete trial that ended best", () => {
    const trials = [
      makeTrial(0, 3, { reports: told([2, 5], [1, 9], [2, 4], [3, "NaN"], [4, null]) }),
      makeTrial(1, 1, { state: "pruned", reports: told([1, 1]) }),
      makeTrial(2, 2, { reports: told([1, 2]) }),
      makeTrial(3, 0),
      makeTrial(4, 0, { reports: told([1, 0]), invalid: [{ from: 1, to: null }] }),
    ];
    const { curves, best, trials: count } = curvesFigure(trials, LOSS);
    expect([best, count]).toEqual([2, 3]);
    expect(curves.map(({ trial, points }) => [trial, points.map(({ step, value }) => [step, value])])).toEqual([
      [
        0,
        [
          [1, 9],
          [2, 4],
        ],
      ],
      [1, [[1, 1]]],
      [2, [[1, 2]]],
    ]);
    expect(curvesFigure(trials, { name: "loss", direction: "maximize" }).best).toBe(0);
    expect(curvesFigure([makeTrial(0, 1)], LOSS)).toMatchObject({ curves: [], best: null, trials: 0 });
  });

  it("marks what was decided where the trial was by then: at its report, or at the end of its segment", () => {
    const segment = (index: number, until: number | null) => ({ index, until, attempts: [] });
    const trial = makeTrial(0, 3, {
      segments: [segment(0, 1), segment(1, 3), segment(2, null)],
      reports: told([1, 9], [2, 8], [3, 7], [4, 6], [5, 5]),
      decisions: [
        ...[decided("start", ""), decided("pause", "ran to 1"), decided("resume", "promoted to 3")],
        ...[decided("pass", "good", 1), decided("pause", "ran to 3"), decided("resume", "promoted to its end")],
        decided("stop", "hopeless", 3),
      ],
    });
    const [curve] = curvesFigure([trial], LOSS).curves;
    expect(curve!.marks.map(({ action, step, value, reason }) => [action, step, value, reason])).toEqual([
      ["pause", 1, 9, "ran to 1"],
      ["resume", 1, 9, "promoted to 3"],
      ["pass", 2, 8, "good"],
      ["pause", 3, 7, "ran to 3"],
      ["resume", 3, 7, "promoted to its end"],
      ["stop", 4, 6, "hopeless"],
    ]);
  });

  it("keeps the newest of very many curves and the best one, and some points of very long ones", () => {
    const trials = Array.from({ length: 900 }, (_none, number) =>
      makeTrial(number, number, { reports: told([1, number]) }),
    );
    const { curves, trials: count } = curvesFigure(trials, LOSS);
    expect([curves.length, curves[0]!.trial, curves[1]!.trial, curves.at(-1)!.trial, count]).toEqual([
      500, 0, 401, 899, 900,
    ]);
    const long = told(...Array.from({ length: 1000 }, (_none, k) => [k + 1, 1 / (k + 1)] as const));
    const { points } = curvesFigure([makeTrial(0, 0, { reports: long })], LOSS).curves[0]!;
    expect([points.length, points[0]!.step, points.at(-1)!.step]).toEqual([256, 1, 1000]);
  });
});
