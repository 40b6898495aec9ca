import { describe, expect, it } from "vitest";
import { makeTrial } from "../objective/testing/make-trial.testing.ts";
import { choice, defineSpace, float } from "../space/index.ts";
import { parallelFigure } from "./parallel.ts";

describe("parallelFigure", () => {
  it("has a line for each configuration with a value, best first, with gaps where a parameter is inactive", () => {
    const space = defineSpace({ opt: choice(["adam", "sgd"]), momentum: float(0, 1, { when: { opt: "sgd" } }) });
    const trials = [
      makeTrial(0, 1, { params: { opt: "adam" } }),
      makeTrial(1, 5, { params: { opt: "sgd", momentum: 0.25 } }),
      makeTrial(2, 9, { state: "pruned", params: { opt: "adam" } }),
    ];
    const figure = parallelFigure(trials, { name: "loss", direction: "maximize" }, space);
    expect(figure.axes.map(({ name }) => name)).toEqual(["opt", "momentum"]);
    expect(figure.lines).toEqual([
      { trial: 1, value: 5, places: [1, 0.25] },
      { trial: 0, value: 1, places: [0, null] },
    ]);
  });

  it("has an axis for each other objective behind the parameters, what lies far beyond the others at its end", () => {
    const space = defineSpace({ x: float(0, 1) });
    const loss = { name: "loss", direction: "minimize" } as const;
    const ms = { name: "ms", direction: "minimize", unit: "ms" } as const;
    const gain = { name: "gain", direction: "maximize" } as const;
    const trials = [1, 2, 3, 5, 1000].map((value, k) =>
      makeTrial(k, k, { params: { x: k / 4 }, values: { loss: k, ms: value, gain: 7 } }),
    );
    const { axes, objectives, lines } = parallelFigure(trials, loss, space, [], 9, [ms, loss, gain]);
    expect(axes.map(({ name }) => name)).toEqual(["x", "ms (ms, minimize)", "gain (maximize)"]);
    expect([objectives, axes[1]!.range]).toEqual([2, { low: 1, high: 13, scale: "linear" }]);
    expect(axes[1]!.ticks.map(({ text }) => text)).toEqual(["2", "4", "6", "8", "10", "12"]);
    expect(lines.map(({ places }) => places[1])).toEqual([0, 1 / 12, 2 / 12, 4 / 12, 1]);
    expect(lines.every(({ places }) => places[2] === 0.5)).toBe(true);
    // Of one objective it is as it was.
    expect("objectives" in parallelFigure(trials, loss, space)).toBe(false);
  });
});
