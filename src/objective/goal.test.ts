import { describe, expect, it } from "vitest";
import type { Metric } from "../trial/metric.ts";
import { goalText, meetsGoal, withGoals } from "./goal.ts";

const METRICS: readonly Metric[] = [
  { name: "recall", direction: "maximize" },
  { name: "false alarms", direction: "minimize" },
];

describe("withGoals", () => {
  it("gives each metric its goal and leaves the others", () => {
    const given = withGoals(METRICS, ["`false alarms`<=1e-2"]);
    expect(given).toEqual([METRICS[0], { ...METRICS[1], goal: 0.01 }]);
    expect(given.map(goalText)).toEqual([null, "false alarms <= 0.01"]);
    expect(withGoals(METRICS, ["recall >= -3"])[0]).toEqual({ ...METRICS[0], goal: -3 });
    expect(withGoals(METRICS, [])).toEqual(METRICS);
  });

  it.each([
    [
      ["recall <= 0.9"],
      /recall is to be maximized, so that its goal is "recall >= 0.9"; a bound that results must keep is a limit/,
    ],
    [["precision >= 0.9"], /the study has no objective precision; it has recall, false alarms/],
    [["recall > 0.9"], /give a metric, <= or >= and a number: "recall >= 0.01"/],
    [["recall >= high"], /give a metric/],
    [["recall >= Infinity"], /give a metric/],
    [["recall"], /give a metric/],
    [["recall >= 0.9", "recall >= 0.8"], /recall has a goal already; give one/],
  ])("%j is refused", (goals, message) => expect(() => withGoals(METRICS, goals)).toThrow(message));

  it.each(["0x1", "0b1", "0o7", "1e999", "1_000", "1,5"])("takes no %s for a number", (value) =>
    expect(() => withGoals(METRICS, [`recall >= ${value}`])).toThrow("give a metric, <= or >= and a number"),
  );
});

it("shows what a goal is where there is nothing to be one of", () => {
  expect(() => withGoals([], ["loss"])).toThrow(
    'The goal "loss": give a metric, <= or >= and a number: "loss <= 0.01".',
  );
  expect(() => withGoals([], ["loss <= 1"])).toThrow(/the study has no objective loss/);
});

describe("meetsGoal", () => {
  it("goes by the metric's direction, the goal itself included", () => {
    const [recall, alarms] = withGoals(METRICS, ["recall >= 0.9", "`false alarms` <= 0.1"]);
    expect([0.89, 0.9, 0.95].map((value) => meetsGoal(recall!, value))).toEqual([false, true, true]);
    expect([0.09, 0.1, 0.11].map((value) => meetsGoal(alarms!, value))).toEqual([true, true, false]);
    expect(meetsGoal(METRICS[0]!, 1)).toBe(false);
    expect(meetsGoal(recall!, Number.NaN)).toBe(false);
  });
});
