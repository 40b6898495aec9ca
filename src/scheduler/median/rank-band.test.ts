import fc from "fast-check";
import { expect, it } from "vitest";
import { compareValues } from "../../objective/index.ts";
import { RankBand } from "./rank-band.ts";

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

it("has the value that sorting all of them has, or says that it needs them, however they came", () => {
  fc.assert(
    fc.property(
      fc.array(number, { maxLength: 400, size: "max" }),
      fc.nat(300),
      direction,
      share,
      trend,
      (drawn, filled, way, at, slope) => {
        const all = drawn.map((value, k) => value + slope * k);
        const band = new RankBand(way, at);
        band.fill(all.slice(0, filled));
        for (let count = filled + 1; count <= all.length; count++) {
          band.add(all[count - 1]!);
          expect(band.length).toBe(count);
          if (band.value === null) band.fill(all.slice(0, count));
          expect(band.value! + 0).toBe(plainly(all.slice(0, count), way, at) + 0);
        }
      },
    ),
  );
});

it("keeps an eighth of them about, and is seldom left by numbers of which one is like the other", () => {
  const band = new RankBand("minimize", 0.5);
  const all = Array.from({ length: 20_000 }, (_, k) => (k * 7_919) % 10_007);
  let filled = 0;
  for (const [k, value] of all.entries()) {
    band.add(value);
    if (band.value !== null) continue;
    band.fill(all.slice(0, k + 1));
    filled += 1;
  }
  expect(band.kept).toBeLessThan(20_000 / 4);
  expect(filled).toBeLessThan(20);
});
