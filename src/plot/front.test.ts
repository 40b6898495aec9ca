import { describe, expect, it } from "vitest";
import { makeTrial } from "../objective/testing/make-trial.testing.ts";
import { figureSpace } from "./figure-study.testing.ts";
import { frontFigure } from "./front.ts";
import { makeFigure } from "./make-figure.ts";

const METRICS = ["a", "b", "c"].map((name) => ({ name, direction: "minimize" as const }));

/** A study whose trials have these values. */
function studyOf(all: readonly (readonly number[])[]) {
  const trials = all.map((values, number) => ({
    ...makeTrial(number, values[0]!, { params: { layers: number } }),
    values: Object.fromEntries(values.map((value, k) => [METRICS[k]!.name, value])),
  }));
  return {
    metrics: METRICS.slice(0, all[0]!.length),
    limits: ["b <= 8"],
    space: figureSpace,
    trials: () => trials,
  };
}

describe("the figure of a front", () => {
  it("has what somebody chose of it, and tells it", () => {
    const study = studyOf([
      [1, 5],
      [2, 2],
      [5, 1],
      [6, 6],
      [0, 9],
    ]);
    expect(frontFigure(study)).toMatchObject({ knee: 1, preferred: null });
    const asked: unknown[] = [];
    const preferredOf = (front: readonly { readonly number: number }[]) => {
      asked.push(front);
      return 2;
    };
    const { data, sentence } = makeFigure("front", { ...study, preferredOf });
    expect(asked).toEqual([
      [
        { number: 0, values: { a: 1, b: 5 } },
        { number: 1, values: { a: 2, b: 2 } },
        { number: 2, values: { a: 5, b: 1 } },
      ],
    ]);
    expect(data.preferred).toBe(2);
    expect(sentence).toBe(
      "Of 5 configurations 3 are on the front, dominated by none; the knee is trial 1: `a` 2, `b` 2; trial 2 is preferred: `a` 5, `b` 1; 1 break a limit.",
    );
  });

  it("keeps of very many what sticks out in any objective", () => {
    // All alike but one, which is bad in the third alone.
    const all = [[0, 0, 0], ...Array.from({ length: 1_000 }, (_, k) => [1 + k / 1_000, 1, k === 500 ? 9 : 1])];
    const { others, configurations } = frontFigure(studyOf(all), 100);
    expect(configurations).toBe(1_001);
    expect(others.length).toBeLessThanOrEqual(110);
    expect(others.map(({ trial }) => trial)).toContain(501);
  });
});
