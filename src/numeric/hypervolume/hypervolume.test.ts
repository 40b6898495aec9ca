import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contributions } from "./contributions.ts";
import { hypervolume } from "./hypervolume.ts";

interface Case {
  readonly points: number;
  readonly dimension: number;
  readonly kind: number;
  readonly reference: readonly number[];
  readonly hypervolume: number;
  readonly contributions: readonly number[];
}

const GOLDEN = JSON.parse(readFileSync(new URL("golden/hypervolume.json", import.meta.url), "utf8")) as {
  readonly cases: readonly Case[];
};

/** The points that the golden values were computed for. */
function goldenPoints({ points, dimension, kind }: Case): readonly (readonly number[])[] {
  const place = (i: number, j: number): number => (i * (7 + 6 * j * j + kind) + ((i * i * (3 + j)) % 89) + 31 * j) % 97;
  return Array.from({ length: points }, (_p, i) => Array.from({ length: dimension }, (_d, j) => place(i, j) / 97));
}

/** By inclusion and exclusion over all subsets: of few points alone. */
function byAllSubsets(points: readonly (readonly number[])[], reference: readonly number[]): number {
  let sum = 0;
  for (let subset = 1; subset < 2 ** points.length; subset++) {
    const members = points.filter((_point, i) => ((subset >> i) & 1) === 1);
    const sides = reference.map((end, d) => Math.max(0, end - Math.max(...members.map((point) => point[d]!))));
    sum += (members.length % 2 === 1 ? 1 : -1) * sides.reduce((a, b) => a * b, 1);
  }
  return sum;
}

/** Coarse coordinates, so that equal ones, duplicates and points beyond the reference are common. */
const front = (most: number) =>
  fc.integer({ min: 1, max: 6 }).chain((dimension) =>
    fc.record({
      reference: fc.array(fc.integer({ min: 3, max: 8 }), { minLength: dimension, maxLength: dimension }),
      points: fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: dimension, maxLength: dimension }), {
        maxLength: most,
      }),
    }),
  );

describe("hypervolume", () => {
  it.each(GOLDEN.cases)("of $points points, $dimension objectives and kind $kind is moocore's", (golden) => {
    const points = goldenPoints(golden);
    const { reference } = golden;
    expect(hypervolume(points, reference)).toBeCloseTo(golden.hypervolume, 12);
    const own = contributions(points, reference);
    for (const [i, contribution] of golden.contributions.entries()) expect(own[i]).toBeCloseTo(contribution, 12);
  });

  it("is what all subsets of few points say", () => {
    fc.assert(
      fc.property(front(8), ({ points, reference }) => {
        expect(hypervolume(points, reference)).toBe(byAllSubsets(points, reference));
      }),
    );
  });

  it("is the same bits in whatever order, and with what others cover once more", () => {
    fc.assert(
      fc.property(front(20), fc.infiniteStream(fc.nat()), ({ points, reference }, numbers) => {
        const scaled = points.map((point) => point.map((place) => place / 7));
        const volume = hypervolume(scaled, reference);
        const shuffled = scaled
          .map((point) => ({ point, key: numbers.next().value! }))
          .sort((a, b) => a.key - b.key)
          .map(({ point }) => point);
        expect(hypervolume(shuffled, reference)).toBe(volume);
        const worse = scaled.map((point) => point.map((place) => place + 0.125));
        expect(hypervolume([...scaled, ...scaled, ...worse], reference)).toBeCloseTo(volume, 9);
      }),
    );
  });

  it("never falls with one more point, and rises by what that contributes", () => {
    fc.assert(
      fc.property(front(12), ({ points, reference }) => {
        fc.pre(points.length > 0);
        const volume = hypervolume(points, reference);
        const without = hypervolume(points.slice(0, -1), reference);
        expect(volume).toBeGreaterThanOrEqual(without);
        expect(contributions(points, reference).at(-1)).toBe(volume - without);
      }),
    );
  });

  it("counts nothing of points at the reference or beyond it, infinite ones too", () => {
    expect(hypervolume([], [1, 1, 1])).toBe(0);
    expect(
      hypervolume(
        [
          [0, 1],
          [2, 0],
          [Number.POSITIVE_INFINITY, 0],
        ],
        [1, 1],
      ),
    ).toBe(0);
    expect(
      hypervolume(
        [
          [0.5, 0.5, 0.5, 0.5],
          [0, 0, 0, 1],
        ],
        [1, 1, 1, 1],
      ),
    ).toBe(1 / 16);
  });

  it.each([
    [[[Number.NaN, 0]], [1, 1], /point 0 is NaN in coordinate 0/],
    [[[2, Number.NaN]], [1, 1], /point 0 is NaN in coordinate 1/],
    [[[0, Number.NEGATIVE_INFINITY]], [1, 1], /point 0 is -Infinity in coordinate 1/],
    [[[0, 0, 0]], [1, 1], /point 0 has 3 coordinates, the reference 2/],
    [[[0, 0]], [1, Number.NaN], /the reference is NaN in coordinate 1/],
    [[[0, 0]], [1, Number.POSITIVE_INFINITY], /the reference is Infinity in coordinate 1/],
    [[], [], /one coordinate at least/],
  ])("refuses %j up to %j", (points, reference, message) => {
    expect(() => hypervolume(points, reference)).toThrow(message);
    expect(() => contributions(points, reference)).toThrow(message);
  });
});
