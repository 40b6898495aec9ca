import { expect, it } from "vitest";
import { replayAfterKills } from "./replay-after-kills.ts";

it.each([
  ["random", "none"],
  ["tpe", "none"],
  ["gp", "none"],
  ["hash-view", "none"],
  ["warm-model", "none"],
  ["hash-view", "pause-and-promote"],
  ["tpe", "halving-example"],
])(
  "replays bit for bit what eight workers in three killed processes made: %s, %s",
  async (sampler, scheduler) => {
    const found = await replayAfterKills({ sampler, scheduler, trials: 120, kills: 3, seed: 5 });
    expect(found.kills).toBeGreaterThan(0);
  },
  120_000,
);
