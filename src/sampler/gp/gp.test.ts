import { expect, it } from "vitest";
import type { Space } from "../../space/space.ts";
import { createSampler } from "../registry.ts";
import { samplerContract } from "../sampler.contract.ts";
import { distancesFromBest } from "../testing/matching-value.testing.ts";
import { createGp } from "./gp.ts";

/** Little effort: the rules do not depend on how much it is. */
const SHORT = { operations: 2e6 };

it("suggests better values given those that stand than alone", () => {
  const make = (space: Space) => createGp(SHORT, space);
  const { given, alone } = distancesFromBest(make, 12, 30);
  expect(given).toBeLessThan(0.6 * alone);
});

samplerContract("gp", { make: (space) => createSampler({ name: "gp", options: SHORT }, space) });
