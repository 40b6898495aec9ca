import { expect, it } from "vitest";
import type { ReplayRecord } from "./replay-record.ts";
import { calibrate, lostAt, scoreMethod } from "./score.ts";

const record = (task: string, order: number, cost: number, lost: readonly number[], more = {}): ReplayRecord => ({
  ...{ task, method: "m", order, cost, lost, best: [3, 4] },
  ...more,
});

it("counts each task as much as another, whatever its orders", () => {
  const score = scoreMethod("m", [
    record("a", 1, 0.2, [3]),
    record("a", 2, 0.4, [3, 4]),
    record("a", 3, 0.6, []),
    record("b", 1, 0.8, []),
  ]);
  expect(score.cost).toBeCloseTo(0.6, 12);
  expect(score.lost).toBeCloseTo(0.25, 12);
  expect(score.tasks.get("a")).toEqual({ cost: expect.closeTo(0.4, 9), lost: expect.closeTo(0.5, 9) });
  expect(score.interval.low).toBeLessThanOrEqual(0.25);
  expect(score.interval.high).toBeGreaterThanOrEqual(0.25);
});

it("finds what a rule loses at a cost between its settings, and at full runs nothing", () => {
  const settings = [
    { cost: 0.2, lost: 0.8 },
    { cost: 0.6, lost: 0.2 },
  ];
  expect(lostAt(settings, 0.4)).toBeCloseTo(0.5, 12);
  expect(lostAt(settings, 0.2)).toBe(0.8);
  expect(lostAt(settings, 0.8)).toBeCloseTo(0.1, 12);
  expect(lostAt(settings, 0.1)).toBeNull();
});

it("weighs the distance of stated chances from what came by their counts, and bounds the low ones by configuration", () => {
  const stated = [
    ...Array.from({ length: 90 }, () => [0.02, 0, 1]),
    ...Array.from({ length: 10 }, () => [0.02, 1, 2]),
    ...Array.from({ length: 100 }, (_none, k) => [0.55, k < 50 ? 1 : 0, 3]),
  ] as unknown as NonNullable<ReplayRecord["stated"]>;
  const { count, error, low, bins } = calibrate([record("a", 1, 1, [], { stated })]);
  expect(count).toBe(200);
  expect(error).toBeCloseTo((100 * 0.08 + 100 * 0.05) / 200, 9);
  expect(bins[0]).toMatchObject({ count: 100, came: 0.1 });
  expect(low).toMatchObject({ count: 100, came: 0.1 });
  // Two configurations: either may be drawn twice.
  expect([low.interval.low, low.interval.high]).toEqual([0, 1]);
});
