import { describe, expect, it } from "vitest";
import { makeTrial } from "../objective/testing/make-trial.testing.ts";
import { defineSpace, float } from "../space/index.ts";
import { importanceFigure } from "./importance.ts";

describe("importanceFigure", () => {
  const space = defineSpace({ x: float(0, 1), y: float(0, 1) });
  const metric = { name: "loss", direction: "minimize" } as const;
  const trials = Array.from({ length: 50 }, (_, n) =>
    makeTrial(n, n, { params: { x: n / 50, y: ((n * 31) % 50) / 50 } }),
  );

  it("has a bar for each parameter, the most important first", () => {
    const { bars, trials: count } = importanceFigure(trials, metric, space);
    expect(count).toBe(50);
    expect(bars.map(({ name }) => name)).toEqual(["x", "y"]);
  });

  it("has none while there are few trials", () => {
    expect(importanceFigure(trials.slice(0, 9), metric, space)).toMatchObject({ trials: 0, bars: [] });
  });
});
