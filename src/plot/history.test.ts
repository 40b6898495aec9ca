import { describe, expect, it } from "vitest";
import { makeTrial } from "../objective/testing/make-trial.testing.ts";
import { historyEntry } from "./chart/history-entry.ts";
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

  it("tells the mean of configurations that ran several times, with its interval by Student's t", () => {
    const again = (number: number, value: number, configuration: number, index: number) =>
      makeTrial(number, value, { configuration, replicate: { index, seed: index, fold: null } });
    const { replicated } = historyFigure(
      [makeTrial(0, 5), makeTrial(1, 1), again(2, 3, 1, 0), again(3, 4, 1, 1), again(4, 8, 1, 2), again(5, 7, 0, 0)],
      { name: "loss", direction: "minimize" },
    );
    // Trial 1 was singled out for its luck: runs on seeds of their own count alone. Trial 0 has one of them, so both count.
    expect(replicated).toMatchObject([
      { trial: 0, runs: [0, 5], mean: 6 },
      { trial: 1, runs: [2, 3, 4], mean: 5 },
    ]);
    // The quantiles of Student's t at 95 % for 1 and 2 degrees of freedom, from tables.
    expect(replicated[0]!.high - 6).toBeCloseTo(12.7062, 3);
    expect(5 - replicated[1]!.low).toBeCloseTo((4.30265 * Math.sqrt(7)) / Math.sqrt(3), 3);
    const shown = historyEntry.sentence(
      historyFigure([makeTrial(0, 5), again(1, 7, 0, 0)], { name: "loss", direction: "minimize" }),
    );
    expect(shown).toMatch(/trial 0, which was run several times, has 6 in the mean of 2 runs: -6\.706 to 18\.71 with/);
  });

  it("says of runs that came out the same that they did", () => {
    const two = [makeTrial(0, 5), makeTrial(1, 5, { configuration: 0 })];
    const { sentence } = historyEntry;
    expect(sentence(historyFigure(two, { name: "loss", direction: "minimize" }))).toMatch(
      /has 5 in the mean of 2 runs: the same each time\.$/,
    );
  });

  it("turns with the direction", () => {
    const { best } = historyFigure(trials, { name: "loss", direction: "maximize" });
    expect(best.map(({ trial }) => trial)).toEqual([0, 1]);
  });
});
