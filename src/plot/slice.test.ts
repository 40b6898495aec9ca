import { describe, expect, it } from "vitest";
import { makeTrial } from "../objective/testing/make-trial.testing.ts";
import { boolean, choice, defineSpace, fixed, float, int } from "../space/index.ts";
import { sliceFigure } from "./slice.ts";

const space = defineSpace({
  lr: float(1e-4, 1, { log: true }),
  layers: int(1, 3, { when: { opt: "adam" } }),
  opt: choice(["adam", "sgd"]),
  flag: boolean(),
  data: fixed("mnist"),
});

describe("sliceFigure", () => {
  const trials = [
    makeTrial(0, 2, { params: { lr: 0.01, opt: "adam", layers: 2, flag: true, data: "mnist" } }),
    makeTrial(1, 1, { params: { lr: 1, opt: "sgd", flag: false, data: "mnist" } }),
    makeTrial(2, 1, { params: { lr: 7, opt: "rms", flag: false, data: "mnist" } }),
    makeTrial(3, 1, { state: "failed", params: { lr: 1, opt: "sgd", flag: true, data: "mnist" } }),
    makeTrial(4, 1, { invalid: [{ from: 1, to: null }], params: { lr: 1, opt: "sgd", flag: true, data: "mnist" } }),
    makeTrial(5, Number.NaN, { params: { lr: 1, opt: "sgd", flag: true, data: "mnist" } }),
  ];
  const { slices } = sliceFigure(trials, { name: "loss", direction: "minimize" }, space);

  it("has an axis for each parameter that is not fixed", () => {
    expect(slices.map(({ name, range, values }) => ({ name, range, values }))).toEqual([
      { name: "lr", range: { low: 1e-4, high: 1, scale: "log" }, values: null },
      { name: "opt", range: null, values: ["adam", "sgd"] },
      { name: "layers", range: { low: 1, high: 3, scale: "linear" }, values: null },
      { name: "flag", range: null, values: ["false", "true"] },
    ]);
  });

  it("places values on the parameter's scale, and leaves out inactive ones and those of an older space", () => {
    const places = Object.fromEntries(slices.map(({ name, points }) => [name, points.map(({ place }) => place)]));
    expect(places).toEqual({ lr: [expect.closeTo(0.5), 1], opt: [0, 1], layers: [0.5], flag: [1, 0, 0] });
    expect(slices[3]!.points.map(({ trial, value }) => [trial, value])).toEqual([
      [0, 2],
      [1, 1],
      [2, 1],
    ]);
  });
});
