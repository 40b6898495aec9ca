import { expect, it } from "vitest";
import { killAtRandom } from "./random-kills.ts";

it("loses and doubles no trial and leaves no process when the tuner is killed at random moments", async () => {
  const campaign = { kills: 8, seed: 20, trials: 40, workers: 3, latest: 120 };
  const found = await killAtRandom(campaign, () => undefined);
  expect(found.kills).toBe(8);
  expect(found.lost).toBeGreaterThan(0);
}, 300_000);
