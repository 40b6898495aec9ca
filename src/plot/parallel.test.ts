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
});
