import { expect, it } from "vitest";
import { claims } from "./claims.ts";
import type { MethodScore } from "./score-methods.ts";

const score = (method: string, regrets: readonly number[], more: Partial<MethodScore> = {}): MethodScore => ({
  ...{ method, seeds: 10, curve: [], secondsPerRun: 1, above: null, cost: null },
  cells: regrets.map((value) => ({ value, low: value - 0.01, high: value + 0.01, rank: 10 * value })),
  ...more,
});

it("says what is reached, what is within and not shown, and what is missed", () => {
  const own = score("own", [0.485, 0.325, 0.3, 0.1], {
    above: { value: 0.005, low: -0.01, high: 0.02 },
    cost: { value: Number.POSITIVE_INFINITY, low: 0.4, high: Number.POSITIVE_INFINITY },
  });
  const other = score("other", [0.6, 0.3, 0.3, 0.2]);
  const all = claims("yahpo-fresh", [other, own], "own");
  const verdicts = all.map(({ verdict }) => verdict);
  // An equal one is not behind.
  const first = ["reached", "MISSED", "MISSED", "reached"];
  expect(verdicts).toEqual([...first, ...first, "reached", "not shown", "MISSED", "not shown", "MISSED"]);
  expect(all.at(-1)!.measured).toBe("never [0.400, never]");
  const few = claims("yahpo-fresh", [{ ...own, seeds: 2 }], "own").filter(({ wanted }) => wanted !== "first");
  expect(few.map(({ verdict }) => verdict)).toEqual(["not shown", "not shown", "MISSED", "not shown", "MISSED"]);
  expect(claims("yahpo-dev", [own], "own").map(({ what }) => what)).toHaveLength(10);
});
