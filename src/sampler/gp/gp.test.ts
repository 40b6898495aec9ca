import { expect, it } from "vitest";
import { defineSpace, float, type Params } from "../../space/index.ts";
import type { Space } from "../../space/space.ts";
import { createSampler } from "../registry.ts";
import { samplerContract } from "../sampler.contract.ts";
import { bestOfRun } from "../testing/best-of-run.testing.ts";
import { distancesFromBest } from "../testing/matching-value.testing.ts";
import { createGp } from "./gp.ts";

/** Little effort: the rules do not depend on how much it is. */
const SHORT = { operations: 2e6 };

it("suggests better values given those that stand than alone", () => {
  const make = (space: Space) => createGp(SHORT, space);
  const { given, alone } = distancesFromBest(make, 12, 30);
  expect(given).toBeLessThan(0.6 * alone);
});

it("leaves the end of a range for a best place near it", () => {
  const best = [0.12, 0.22, 0.12, 0.89, 0.58];
  const space = defineSpace(Object.fromEntries(best.map((_, i) => [`x${i}`, float(0, 1)])));
  const loss = (params: Params) => best.reduce((sum, place, i) => sum + (Number(params[`x${i}`]) - place) ** 2, 0);
  const losses = [0, 1, 2, 3].map((seed) => bestOfRun(createGp({}, space), space, loss, { trials: 45, seed }));
  expect(losses.toSorted((a, b) => a - b)[2]).toBeLessThan(3e-4);
});

samplerContract("gp", { make: (space) => createSampler({ name: "gp", options: SHORT }, space) });
