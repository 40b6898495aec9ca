import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Metric } from "../trial/metric.ts";
import { frontShares } from "./front-scale.ts";
import { type FrontAnswer, narrowFront } from "./narrow-front.ts";
import { weightedValue } from "./weighted-values.ts";

const TWO: readonly Metric[] = [
  { name: "sharpe", direction: "maximize" },
  { name: "drawdown", direction: "minimize" },
];
/** A hollow front: no weighted sum finds what lies between its ends. */
const HOLLOW = Array.from({ length: 21 }, (_none, k) => [k / 20, Math.sqrt(k / 20)]);

/** Answers as somebody would who goes by weights; answers the point that is left and how many questions it took. */
function asked(points: readonly (readonly number[])[], metrics: readonly Metric[], weights: readonly number[]) {
  const shares = frontShares(points, metrics);
  const answers: FrontAnswer[] = [];
  let { ask, left } = narrowFront(points, metrics, answers);
  while (ask.length > 0) {
    expect(ask.length).toBeGreaterThanOrEqual(2);
    expect(ask.length).toBeLessThanOrEqual(3);
    expect(ask.every((place) => left.includes(place))).toBe(true);
    const [best, ...others] = ask.toSorted(
      (a, b) => weightedValue(shares[a]!, weights) - weightedValue(shares[b]!, weights),
    );
    answers.push({ preferred: points[best!]!, over: others.map((place) => points[place]!) });
    ({ ask, left } = narrowFront(points, metrics, answers));
  }
  return { left, questions: answers.length };
}

describe("narrowFront", () => {
  it("asks about the ends and what lies between, and about nothing where one point is left", () => {
    expect(narrowFront(HOLLOW, TWO, []).ask).toEqual([0, 8, 20]);
    expect(narrowFront([[1, 1]], TWO, [])).toMatchObject({ ask: [], left: [0] });
    expect(narrowFront([], TWO, [])).toMatchObject({ ask: [], left: [] });
    expect(narrowFront([HOLLOW[0]!, HOLLOW[9]!], TWO, []).ask).toEqual([0, 1]);
  });

  it("every point of a front may be the one", () => {
    expect(narrowFront(HOLLOW, TWO, []).left).toHaveLength(21);
  });

  it.each([0.1, 0.3, 0.5, 0.7, 0.9])("finds what weights of %d choose by few questions", (weight) => {
    const { left, questions } = asked(HOLLOW, TWO, [weight, 1 - weight]);
    expect(questions).toBeLessThanOrEqual(6);
    const shares = frontShares(HOLLOW, TWO);
    const value = (place: number): number => weightedValue(shares[place]!, [weight, 1 - weight]);
    const rank = HOLLOW.filter((_point, place) => value(place) < value(left[0]!)).length;
    expect(rank).toBeLessThanOrEqual(1);
  });

  it("keeps an answer about a point that left the front", () => {
    const gone: FrontAnswer = { preferred: [0, 0.5], over: [[1, 1.5]] };
    const { left, weights } = narrowFront(HOLLOW, TWO, [gone]);
    expect(left.length).toBeLessThan(21);
    expect(weights[1]).toBeGreaterThan(0.5);
  });

  it("bears answers that contradict each other, in a circle too", () => {
    const [a, b, c] = [HOLLOW[0]!, HOLLOW[10]!, HOLLOW[20]!];
    const circle = [
      { preferred: a, over: [b] },
      { preferred: b, over: [c] },
      { preferred: c, over: [a] },
    ];
    const three = narrowFront([a, b, c], TWO, circle);
    expect(three.left.length).toBeGreaterThan(0);
    expect(three.weights.every(Number.isFinite)).toBe(true);
  });

  it("comes to an end whatever is answered, in any number of objectives", () => {
    const value = fc.integer({ min: 0, max: 20 });
    fc.assert(
      fc.property(
        fc
          .integer({ min: 2, max: 4 })
          .chain((d) => fc.array(fc.array(value, { minLength: d, maxLength: d }), { minLength: 1, maxLength: 12 })),
        fc.array(fc.nat(2), { minLength: 12, maxLength: 12 }),
        (points, picks) => {
          const metrics = points[0]!.map((_value, k): Metric => ({ name: `m${k}`, direction: "minimize" }));
          const answers: FrontAnswer[] = [];
          for (const pick of picks) {
            const { ask } = narrowFront(points, metrics, answers);
            if (ask.length === 0) break;
            const best = ask[pick % ask.length]!;
            const over = ask.filter((place) => place !== best).map((place) => points[place]!);
            answers.push({ preferred: points[best]!, over });
          }
          expect(narrowFront(points, metrics, answers).ask).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });
});
