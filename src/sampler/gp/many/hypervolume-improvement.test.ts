import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { undominatedBoxes } from "../../../numeric/hypervolume/box-decomposition.ts";
import { addedVolume } from "../../../numeric/hypervolume/contributions.ts";
import { keyedStreams } from "../../../numeric/random/keyed-streams.ts";
import { logImprovement } from "../../../numeric/special/log-expected-improvement.ts";
import { boxSides } from "./box-sides.ts";
import { improvementSlopes, logHypervolumeImprovement } from "./hypervolume-improvement.ts";

const stream = keyedStreams(8).stream("improvement");

function front(count: number, dimension: number): readonly (readonly number[])[] {
  return Array.from({ length: count }, () => {
    const sides = Array.from({ length: dimension }, () => Math.abs(stream.normal()) + 0.01);
    const length = Math.sqrt(sides.reduce((sum, side) => sum + side * side, 0));
    return sides.map((side) => 1 - side / length);
  });
}

const sidesOf = (points: readonly (readonly number[])[], dimension: number) =>
  boxSides(undominatedBoxes(points, new Array<number>(dimension).fill(1.2)));

describe("logHypervolumeImprovement", () => {
  it.each([2, 3, 4])("is what draws of %i objectives add on average", (dimension) => {
    const points = front(7, dimension);
    const means = points[3]!.map((place, d) => place - 0.1 * d);
    const deviations = means.map((_mean, d) => 0.2 + 0.1 * d);
    const reference = new Array<number>(dimension).fill(1.2);
    let sum = 0;
    let square = 0;
    const draws = 20_000;
    for (let k = 0; k < draws; k++) {
      const drawn = means.map((mean, d) => mean + deviations[d]! * stream.normal());
      const gain = addedVolume(drawn, points, reference);
      sum += gain;
      square += gain * gain;
    }
    const mean = sum / draws;
    const error = Math.sqrt((square / draws - mean * mean) / draws);
    const found = Math.exp(logHypervolumeImprovement(sidesOf(points, dimension), means, deviations));
    expect(Math.abs(found - mean)).toBeLessThan(4 * error);
  });

  it("is the improvement itself with one objective", () => {
    const sides = boxSides(undominatedBoxes([[0.4], [0.7]], [2]));
    for (const [mean, deviation] of [
      [0.1, 0.2],
      [3, 0.01],
    ] as const)
      expect(logHypervolumeImprovement(sides, [mean], [deviation])).toBeCloseTo(
        Math.log(deviation) + logImprovement((0.4 - mean) / deviation),
        9,
      );
  });

  it("stays finite and falls far beyond what its exponential could hold", () => {
    const sides = sidesOf(front(6, 2), 2);
    let before = Number.POSITIVE_INFINITY;
    for (const far of [1, 3, 10, 30, 100, 1000]) {
      const value = logHypervolumeImprovement(sides, [far, far], [0.1, 0.1]);
      expect(Number.isFinite(value)).toBe(true);
      expect(value).toBeLessThan(before);
      before = value;
    }
  });

  it("is nearly the volume itself where a point is certain", () => {
    const points = front(5, 3);
    const wanted = addedVolume([0, 0.1, 0.2], points, [1.2, 1.2, 1.2]);
    const found = Math.exp(logHypervolumeImprovement(sidesOf(points, 3), [0, 0.1, 0.2], [1e-6, 1e-6, 1e-6]));
    expect(found).toBeCloseTo(wanted, 5);
  });
});

describe("improvementSlopes", () => {
  it("has the value's own slopes, near the front and far from it", () => {
    const sides = sidesOf(front(6, 3), 3);
    const place = fc.double({ min: -1, max: 4, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(place, place, place), fc.double({ min: 0.05, max: 1, noNaN: true }), (means, deviation) => {
        const deviations = [deviation, 2 * deviation, 0.5 * deviation];
        const { value, byMean, byDeviation } = improvementSlopes(sides, means, deviations);
        expect(value).toBeCloseTo(logHypervolumeImprovement(sides, means, deviations), 7);
        for (let d = 0; d < 3; d++) {
          const h = 1e-6;
          const slope = (change: (by: number) => number): number => (change(h) - change(-h)) / (2 * h);
          const mean = slope((by) => logHypervolumeImprovement(sides, means.with(d, means[d]! + by), deviations));
          const wide = slope((by) => logHypervolumeImprovement(sides, means, deviations.with(d, deviations[d]! + by)));
          expect(Math.abs(byMean[d]! - mean)).toBeLessThan(1e-4 * Math.max(1, Math.abs(mean)));
          expect(Math.abs(byDeviation[d]! - wide)).toBeLessThan(1e-4 * Math.max(1, Math.abs(wide)));
        }
      }),
    );
  });
});
