import { expect, it } from "vitest";
import { makeTrial } from "../../../objective/testing/make-trial.testing.ts";
import { defineSpace, float } from "../../../space/index.ts";
import type { Trial } from "../../../trial/trial.ts";
import { StudyDoubts } from "./run-printer.ts";

function watched() {
  const trials: Trial[] = [];
  const seen = { looked: 0, visited: 0 };
  const study = {
    metrics: [{ name: "loss", direction: "minimize" }] as const,
    space: defineSpace({ x: float(0, 1) }),
    limits: [],
    settings: { scheduler: { name: "none" } },
    trials: () => {
      seen.looked += 1;
      seen.visited += trials.length;
      return trials;
    },
  };
  return { trials, seen, doubts: new StudyDoubts(study) };
}

it("tells of equal values at the fifth trial", () => {
  const { trials, doubts } = watched();
  const told = Array.from({ length: 5 }, (_, k) => {
    trials.push(makeTrial(k, 1, { params: { x: k / 10 } }));
    return doubts.look().length;
  });
  expect(told).toEqual([0, 0, 0, 0, 1]);
});

it("looks at all trials a number of times that grows with the logarithm of their number", () => {
  const { trials, seen, doubts } = watched();
  for (let k = 0; k < 20_000; k++) {
    trials.push(makeTrial(k, k, { params: { x: k / 20_000 } }));
    doubts.look();
  }
  expect(seen.looked).toBeLessThan(400);
  expect(seen.visited).toBeLessThan(30 * trials.length);
});
