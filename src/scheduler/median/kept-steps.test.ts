import { expect, it } from "vitest";
import { KeptSteps } from "./kept-steps.ts";
import { RankBands } from "./rank-bands.ts";

function keptSteps(most: number): KeptSteps {
  return new KeptSteps(new RankBands("minimize", 0.5), most);
}

it("gives each step a lot of its own, which it keeps", () => {
  const kept = keptSteps(1_000_000);
  const steps = Array.from({ length: 300 }, (_none, k) => k * 0.5);
  const lots = steps.map((step) => kept.lotOf(step));
  expect(new Set(lots).size).toBe(300);
  for (const lot of lots) kept.taken[lot] = 7;
  expect(steps.map((step) => kept.lotOf(step))).toEqual(lots);
  expect(lots.every((lot) => kept.taken[lot] === 7)).toBe(true);
});

it("takes the lot of the step kept first where all would weigh too much, and keeps nothing of what was in it", () => {
  const kept = keptSteps(20);
  const first = kept.lotOf(1);
  kept.bands.fill(first, [1, 2, 3]);
  const { room } = kept.bands;
  const most = Math.floor(20 / room);
  for (let step = 2; step <= most; step++) kept.taken[kept.lotOf(step)] = step;
  kept.taken[first] = 3;
  expect(kept.weight).toBe(most * room);
  // Asked for again it is still the first to go.
  expect(kept.lotOf(1)).toBe(first);
  expect(kept.lotOf(99)).toBe(first);
  expect(kept.taken[first]).toBe(0);
  expect(kept.lotOf(1)).not.toBe(first);
  expect(kept.weight).toBe(most * room);
});

it("keeps one however much it weighs", () => {
  const kept = keptSteps(2);
  kept.bands.fill(kept.lotOf(1), [1, 2, 3]);
  expect(kept.weight).toBeGreaterThan(2);
  expect([kept.lotOf(2), kept.lotOf(3)]).toEqual([0, 0]);
});
