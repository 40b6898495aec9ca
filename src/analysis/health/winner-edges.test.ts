import { describe, expect, it } from "vitest";
import { choice, float, int, ordinal } from "../../space/builders.ts";
import { defineSpace } from "../../space/define-space.ts";
import { winnerEdges } from "./winner-edges.ts";

const SPACE = defineSpace({
  lr: float(1e-5, 1e-1, { log: true }),
  layers: int(1, 6),
  units: int(1, 1000),
  on: int(0, 1),
  batch: ordinal([16, 32, 64]),
  optimizer: choice(["adam", "sgd"]),
});

describe("winnerEdges", () => {
  it("finds values at an end, or close to it on the parameter's own scale", () => {
    const edges = winnerEdges(SPACE, { lr: 0.0999, layers: 6, units: 995, on: 1, batch: 64, optimizer: "sgd" });
    expect(edges).toMatchObject([
      { parameter: "lr", side: "high", bound: 0.1, listed: false, wider: { high: 1 } },
      { parameter: "layers", side: "high", bound: 6, wider: { high: 9 } },
      { parameter: "units", value: 995, bound: 1000 },
      { parameter: "batch", side: "high", bound: 64, listed: true, wider: { values: [16, 32, 64, 128] } },
    ]);
  });

  it("finds none in the middle, of what is inactive, and of what lies outside since the space was edited", () => {
    expect(winnerEdges(SPACE, { lr: 0.05, layers: 5, units: 900, batch: 32, optimizer: "adam" })).toEqual([]);
    expect(winnerEdges(SPACE, { lr: 0.5, layers: 7 })).toEqual([]);
  });

  it("says the low end of a count or a share without a wider range", () => {
    expect(winnerEdges(SPACE, { layers: 1 })).toMatchObject([{ side: "low", wider: null }]);
  });
});
