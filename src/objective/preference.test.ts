import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Metric } from "../trial/metric.ts";
import { nonDominated } from "./dominates.ts";
import { endOf, tradesFrom } from "./front-trades.ts";
import { kneeOf } from "./knee.ts";
import { preferredOf, readPreference } from "./preference.ts";

const SHARPE: Metric = { name: "sharpe", direction: "maximize" };
const DRAWDOWN: Metric = { name: "drawdown", direction: "minimize" };
const MS: Metric = { name: "ms", direction: "minimize" };
const TWO = [SHARPE, DRAWDOWN];

/** A front that bulges towards the better, with its bend at the third point. */
const BENT = [
  [2, 0.5],
  [1.9, 0.3],
  [1.8, 0.1],
  [1, 0.05],
  [0.2, 0.01],
];
/** One that is hollow: every point but the ends lies above the line through them. */
const HOLLOW = [
  [2, 1],
  [1.1, 0.8],
  [0.7, 0.6],
  [0.1, 0.3],
  [0, 0],
];

const preferred = (points: readonly (readonly number[])[], text: string, metrics: readonly Metric[] = TWO) =>
  preferredOf(points, metrics, readPreference(text, metrics));

describe("kneeOf", () => {
  it("is where the front bends most, and of a hollow one what is least bad in its worst objective", () => {
    expect(kneeOf(BENT, TWO)).toBe(2);
    expect(kneeOf(HOLLOW, TWO)).toBe(2);
  });

  it("is there for no, one and two points, and for values that are all alike", () => {
    expect(kneeOf([], TWO)).toBeNull();
    expect(kneeOf([[1, 2]], TWO)).toBe(0);
    expect(kneeOf(BENT.slice(0, 2), TWO)).toBe(0);
    expect(kneeOf([...BENT.slice(0, 2)].reverse(), TWO)).toBe(1);
    const same = [
      [1, 0.5, 7],
      [1, 0.2, 9],
    ];
    expect(kneeOf(same, [...TWO, MS])).toBe(1);
  });

  it("is defined for three objectives", () => {
    const points = [
      [1, 9, 9],
      [9, 1, 9],
      [9, 9, 1],
      [3, 3, 3],
      [5, 4, 4],
    ];
    const three = ["a", "b", "c"].map((name): Metric => ({ name, direction: "minimize" }));
    expect(kneeOf(points, three)).toBe(3);
    expect(kneeOf(points, three, [0, 4])).toBe(4);
  });

  const front = fc
    .array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), {
      minLength: 1,
      maxLength: 12,
    })
    .map((points) => nonDominated(points, TWO).map((place) => points[place]!));

  it("is the farthest from the line through the ends, whatever the units", () => {
    fc.assert(
      fc.property(front, fc.integer({ min: 1, max: 9 }), fc.integer({ min: -9, max: 9 }), (points, factor, shift) => {
        const knee = kneeOf(points, TWO)!;
        const moved = points.map(([a, b]) => [a! * factor + shift, b!]);
        expect(kneeOf(moved, TWO)).toBe(knee);
        const [top, bottom] = [points[endOf(points, TWO, 0)]!, points[endOf(points, TWO, 1)]!];
        const beyond = ([a, b]: readonly number[]): number =>
          (top[0]! - bottom[0]!) * (b! - bottom[1]!) - (top[1]! - bottom[1]!) * (a! - bottom[0]!);
        const farthest = Math.min(...points.map(beyond));
        if (farthest < 0) expect(beyond(points[knee]!)).toBe(farthest);
      }),
    );
  });
});

describe("a preference", () => {
  it("by weights reaches points where the front is hollow, the nearer to an end the more it weighs", () => {
    expect(preferred(HOLLOW, "sharpe: 1, drawdown: 1")).toEqual({ place: 2, unmet: [] });
    expect(preferred(HOLLOW, "sharpe: 2, drawdown: 1")?.place).toBe(1);
    expect(preferred(HOLLOW, "drawdown: 1")?.place).toBe(4);
    expect(preferred(HOLLOW, "sharpe: 1")?.place).toBe(0);
    expect(preferred([], "sharpe: 1")).toBeNull();
  });

  it("by order takes the best of what meets a bound, the nearest where nothing does, and the knee of the rest", () => {
    expect(preferred(BENT, "drawdown <= 0.1, then sharpe")).toEqual({ place: 2, unmet: [] });
    expect(preferred(BENT, "drawdown <= 0.05 then sharpe")?.place).toBe(3);
    expect(preferred(BENT, "drawdown <= 0.001, then sharpe")).toEqual({ place: 4, unmet: ["drawdown <= 0.001"] });
    expect(preferred(BENT, "sharpe >= 1.85")?.place).toBe(1);
    expect(preferred(BENT, "sharpe")?.place).toBe(0);
    expect(preferred(BENT, "sharpe >= 1, then drawdown <= 0.2")?.place).toBe(2);
  });

  it("never chooses a point that another one dominates", () => {
    const weights = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }));
    const points = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 })), {
      minLength: 1,
    });
    fc.assert(
      fc.property(points, weights, (all, [a, b]) => {
        fc.pre(a + b > 0);
        const { place } = preferred(all, `sharpe: ${a}, drawdown: ${b}`)!;
        const [sharpe, drawdown] = all[place]!;
        const isBeaten = all.some(([s, d]) => s >= sharpe && d <= drawdown && (s > sharpe || d < drawdown));
        expect(isBeaten).toBe(false);
      }),
    );
  });

  it.each([
    ["sharp: 2", 'has no objective "sharp"; it has sharpe, drawdown'],
    ["sharpe: much", '"sharpe: much" gives no weight from 0 up; write weights, "sharpe: 2, drawdown: 1"'],
    ["sharpe: -1", "gives no weight"],
    ["sharpe: 1, sharpe: 2", "sharpe has a weight already"],
    ["sharpe: 0, drawdown: 0", "at least one weight has to be above 0"],
    ["drawdown >= 0.1", 'drawdown is to be minimized, so that its goal is "drawdown <= 0.1"'],
    ["drawdown <= much", "give a metric, <= or >= and a number"],
    ["", 'has no objective ""'],
  ])("says what is wrong with %j", (text, message) => {
    expect(() => readPreference(text, TWO)).toThrow(message);
    expect(() => readPreference(text, TWO)).toThrow(/^The preference "/);
  });
});

describe("tradesFrom", () => {
  it("says what each end gains and what each unit of it costs", () => {
    const [sharpe, drawdown] = tradesFrom(2, BENT, TWO);
    expect(sharpe).toMatchObject({ metric: "sharpe", to: 0, costs: [{ metric: "drawdown", loss: 0.4 }] });
    expect(sharpe!.gain).toBeCloseTo(0.2, 12);
    expect(sharpe!.costs[0]!.perUnit).toBeCloseTo(2, 12);
    expect(drawdown).toMatchObject({ metric: "drawdown", to: 4 });
    expect(drawdown!.costs[0]!.perUnit).toBeCloseTo(1.6 / 0.09, 10);
  });

  it("has nothing to say from an end in its own objective", () => {
    expect(tradesFrom(0, BENT, TWO).map(({ metric }) => metric)).toEqual(["drawdown"]);
    expect(tradesFrom(0, [[1, 1]], TWO)).toEqual([]);
  });
});
