import { describe, expect, it } from "vitest";
import { Configurations } from "../../objective/index.ts";
import { makeTrial } from "../../objective/testing/make-trial.testing.ts";
import { choice, float, int } from "../../space/builders.ts";
import { defineSpace } from "../../space/define-space.ts";
import type { Trial } from "../../trial/trial.ts";
import { findBest } from "../find-best.ts";
import { spaceEdges } from "./space-edges.ts";

const METRIC = { name: "loss", direction: "minimize" } as const;
const SPACE = defineSpace({ x: float(0, 1), few: int(1, 3), kind: choice(["a", "b"]) });
const trial = (number: number, x: number, loss: number, few = 2): Trial =>
  makeTrial(number, loss, { params: { x, few, kind: "a" } });
const found = (trials: readonly Trial[], space = SPACE) => {
  const { winner, front } = findBest(trials, [METRIC], null);
  return spaceEdges(Configurations.of(trials, [METRIC]), { space, metrics: [METRIC], limits: [] }, winner, front);
};
const spread = (count: number): readonly Trial[] =>
  Array.from({ length: count }, (_, k) => trial(k, 0.1 + (0.8 * k) / count, 10 + k));

describe("spaceEdges", () => {
  it("takes the winner's word for it below twenty configurations", () => {
    expect(found([...spread(15), trial(99, 1, 1)])).toMatchObject([
      { parameter: "x", side: "high", best: 1, there: 1 },
    ]);
    expect(found([...spread(3), trial(99, 1, 1)])).toEqual([]);
  });

  it("asks that most of the best tenth lie there, with the winner", () => {
    expect(found([...spread(60), trial(99, 1, 1)])).toEqual([]);
    const three = [trial(97, 0.995, 3), trial(98, 0.99, 2), trial(99, 1, 1)];
    expect(found([...spread(60), ...three])).toMatchObject([{ parameter: "x", side: "high", best: 5, there: 3 }]);
    expect(found([...spread(60), ...three, trial(100, 0.5, 0)])).toEqual([]);
  });

  it("does not take few values for an end, where chance would do so", () => {
    const few = (count: number) =>
      Array.from({ length: 5 }, (_, k) => trial(90 + k, 0.3 + k / 10, k, k < count ? 3 : 2));
    expect(found([...spread(60), ...few(3)])).toEqual([]);
    expect(found([...spread(60), ...few(4)])).toMatchObject([{ parameter: "few", side: "high", there: 4, best: 5 }]);
  });

  it("asks the front of several objectives", () => {
    const metrics = [METRIC, { name: "size", direction: "minimize" }] as const;
    const trials = Array.from({ length: 30 }, (_, k) =>
      makeTrial(k, k, {
        params: { x: k < 20 ? 0.001 * k : 0.5, few: 2, kind: "a" },
        values: { loss: k, size: 30 - k },
      }),
    );
    const { winner, front } = findBest(trials, metrics, null);
    const edges = spaceEdges(Configurations.of(trials, metrics), { space: SPACE, metrics, limits: [] }, winner, front);
    expect(edges).toMatchObject([{ parameter: "x", side: "low", best: 30, there: 20 }]);
  });
});
