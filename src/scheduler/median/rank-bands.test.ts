import fc from "fast-check";
import { expect, it } from "vitest";
import { compareValues } from "../../objective/index.ts";
import { RankBands } from "./rank-bands.ts";

/** By sorting all of them. */
function plainly(all: readonly number[], direction: "minimize" | "maximize", share: number): number {
  const sorted = all
    .map((value) => (Number.isFinite(value) ? value + 0 : Number.NaN))
    .sort((a, b) => compareValues(a, b, direction));
  const place = share * (sorted.length - 1);
  const [better, worse] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  if (!Number.isFinite(better) || !Number.isFinite(worse)) return better;
  return better + (worse - better) * (place - Math.floor(place));
}

const trend = fc.constantFrom(-1, 0, 1);
const number = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: 0, max: 99 }) },
  { weight: 1, arbitrary: fc.double() },
);
const direction = fc.constantFrom("minimize" as const, "maximize" as const);
const share = fc.constantFrom(0, 0.25, 0.5, 0.75, 0.9, 1);

it("has the value that sorting all of them has, or says that it needs them, however they came and whatever comes of other lots", () => {
  fc.assert(
    fc.property(
      fc.array(number, { maxLength: 400, size: "max" }),
      fc.nat(300),
      direction,
      share,
      trend,
      fc.uniqueArray(fc.constantFrom(0, 1, 7, 1_023, 1_024, 5_000), { minLength: 2, maxLength: 3 }),
      (drawn, filled, way, at, slope, lots) => {
        // Each lot has another part of them.
        const of = lots.map((_lot, n) => drawn.slice(n * 20).map((value, k) => value + slope * k));
        const bands = new RankBands(way, at);
        for (const [n, lot] of lots.entries()) bands.fill(lot, of[n]!.slice(0, filled));
        for (let count = filled + 1; count <= drawn.length; count++) {
          for (const [n, lot] of lots.entries()) {
            const all = of[n]!.slice(0, count);
            if (all.length < count) continue;
            bands.add(lot, all[count - 1]!);
            expect(bands.lengthOf(lot)).toBe(count);
            expect(bands.keptOf(lot)).toBeLessThanOrEqual(bands.room);
            if (bands.valueOf(lot) === null) bands.fill(lot, all);
            expect(bands.valueOf(lot)! + 0).toBe(plainly(all, way, at) + 0);
          }
        }
      },
    ),
  );
});

it("keeps an eighth of them about, and is seldom left by numbers of which one is like the other", () => {
  const bands = new RankBands("minimize", 0.5);
  const all = Array.from({ length: 20_000 }, (_, k) => (k * 7_919) % 10_007);
  let filled = 0;
  for (const [k, value] of all.entries()) {
    bands.add(0, value);
    if (bands.valueOf(0) !== null) continue;
    bands.fill(0, all.slice(0, k + 1));
    filled += 1;
  }
  expect(bands.keptOf(0)).toBeLessThan(20_000 / 4);
  expect(bands.room).toBeLessThan(20_000 / 5);
  expect(filled).toBeLessThan(20);
});

it("has nothing of a lot of which it was told nothing, and takes no more room for few than they need", () => {
  const bands = new RankBands("maximize", 0.5);
  expect([bands.lengthOf(9_999), bands.keptOf(9_999), bands.room]).toEqual([0, 0, 0]);
  bands.fill(3, [5, Number.NaN, 7]);
  expect(bands.valueOf(3)).toBe(5);
  bands.fill(3, [6, 4, 5]);
  expect(bands.valueOf(3)).toBe(5);
  expect(bands.room).toBeLessThan(9);
});
