import { describe, expect, it } from "vitest";
import { StepsPastUntil } from "./steps-past-until.ts";

function proven(
  until: number | null,
  steps: readonly (number | readonly [counted: number, origin?: "another"])[],
): boolean {
  const past = new StepsPastUntil(until);
  for (const step of steps) {
    if (typeof step === "number") past.add(step, "own");
    else past.add(step[0], step[1] ?? "counted");
  }
  expect(past.proven || !past.wentOn).toBe(true);
  return past.proven;
}

describe("going on past the step to run up to", () => {
  it.each([
    [3, [1, 2, 3, 4], true],
    [3, [1, 2, 3], false],
    [3, [1, 2, 3, 3], false],
    [3, [3, 1, 2], false],
    // Coarse steps come to it behind it.
    [3, [2, 4], false],
    [3, [2, 4, 6], true],
    [0.3, [0.29, 0.3, 0.31], true],
    [3e9, [3e9, 6e9], true],
    // Late, in any order.
    [3, [5, 4], true],
    [null, [1, 2, 3], false],
    [3, [], false],
  ])("of steps of its own: up to %j, %j: %j", (until, steps, expected) => {
    expect(proven(until, steps)).toBe(expected);
  });

  it.each([
    [3, [[1], [2], [3]], false],
    // A last line counts as one more.
    [3, [[1], [2], [3], [4]], false],
    [3, [[1], [2], [3], [4], [4]], false],
    [3, [[1], [2], [3], [4], [5]], true],
    [3, [1, 2, 3, [4]], false],
    [3, [1, 2, 3, [4], [5]], true],
    [3, [[3], [4], 7], true],
    [3, [[3], 7], false],
    // One more like those before it, with a value of its own.
    [3, [[1], [2, "another"], [3, "another"]], false],
    [3, [[1], [2, "another"], [3, "another"], [4, "another"]], true],
    [1, [[1], [2, "another"]], true],
    [3, [1, 2, 3, [4, "another"]], true],
    [null, [[1], [2, "another"]], false],
  ] as const)("of counted steps: up to %j, %j: %j", (until, steps, expected) => {
    expect(proven(until, steps)).toBe(expected);
  });
});
