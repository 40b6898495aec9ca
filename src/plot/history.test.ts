import { describe, expect, it } from "vitest";
import { makeTrial } from "../objective/testing/make-trial.testing.ts";
import { historyFigure } from "./history.ts";

describe("historyFigure", () => {
  const trials = [
    makeTrial(0, 5),
    makeTrial(1, 7),
    makeTrial(2, 0, { state: "failed", values: {} }),
    makeTrial(3, Number.POSITIVE_INFINITY),
    makeTrial(4, 3),
    makeTrial(5, 1, { invalid: [{ from: 1, to: null }] }),
    makeTrial(6, 0, { state: "running", values: {} }),
  ];

  it("has finite values, improvements and failures", () => {
    expect(historyFigure(trials, { name: "loss", direction: "minimize" })).toMatchObject({
      points: [
        { trial: 0, value: 5 },
        { trial: 1, value: 7 },
        { trial: 4, value: 3 },
      ],
      best: [
        { trial: 0, value: 5 },
        { trial: 4, value: 3 },
      ],
      failed: [2],
      trials: 7,
    });
  });

  it("takes for an improvement what is better than all before it, and no tie", () => {
    const course = [5, 3, 4, 3, 2, 2.5].map((loss, number) => makeTrial(number, loss));
    const { best } = historyFigure(course, { name: "loss", direction: "minimize" });
    expect(best.map(({ trial }) => trial)).toEqual([0, 1, 4]);
  });

  it("turns with the direction", () => {
    const { best } = historyFigure(trials, { name: "loss", direction: "maximize" });
    expect(best.map(({ trial }) => trial)).toEqual([0, 1]);
  });
});
