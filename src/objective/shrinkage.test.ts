import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type RepeatedRuns, type RunMean, shrinkage } from "./shrinkage.ts";

const one = (mean: number): RunMean => ({ mean, count: 1 });
const value = fc.integer({ min: -1000, max: 1000 }).map((n) => n / 8);
const count = fc.integer({ min: 1, max: 9 });
const means = fc.array(fc.record({ mean: value, count }), { minLength: 1, maxLength: 30 });
const repeated = fc.array(
  fc.record({
    mean: value,
    count: count.map((n) => n + 1),
    deviation: fc.integer({ min: 0, max: 80 }).map((n) => n / 8),
  }),
  { maxLength: 5 },
);
const direction = fc.constantFrom("minimize" as const, "maximize" as const);

const grid = (xs: readonly number[], ns: readonly number[]) =>
  xs.flatMap((x) => ns.flatMap((n) => xs.flatMap((y) => ns.map((m) => [x, n, y, m] as const))));

describe("shrinkage", () => {
  // Computed with NumPy: c = median, t² = (c - quantile(0.158655))² - s² mean(1/n of the good half).
  it("weighs a mean of n runs by n t² / (n t² + s²)", () => {
    const runs = [one(0.3), { mean: 0.34, count: 3 }, ...[0.38, 0.45, 0.5, 0.6, 9].map(one)];
    const model = shrinkage(runs, [{ mean: 0.34, count: 3, deviation: 0.05 }], "minimize");
    expect(model.noise).toBe(0.05);
    expect(model.centre).toBe(0.45);
    expect(model.spread).toBeCloseTo(0.10219278929829115, 14);
    const expected = [0.3289723704523782, 0.3481288560115639, 0.39352043954444316, 0.45, 0.4903425431825406];
    for (const [place, at] of expected.entries()) expect(model.expected(runs[place]!)).toBeCloseTo(at, 13);
    expect(model.compare(runs[0]!, runs[1]!)).toBeLessThan(0);
    const noisy = shrinkage(runs, [{ mean: 0.34, count: 3, deviation: 0.1 }], "minimize");
    expect(noisy.expected(runs[0]!)).toBeCloseTo(0.40568, 4);
    expect(noisy.expected(runs[1]!)).toBeCloseTo(0.3887, 3);
    expect(noisy.compare(runs[0]!, runs[1]!)).toBeGreaterThan(0);
  });

  it("takes the pooled deviation of the good side, and the other side's where that has none", () => {
    const all = [1, 2, 3, 4, 5].map(one);
    const noisy: RepeatedRuns = { mean: 5, count: 4, deviation: 7 };
    const good: RepeatedRuns[] = [
      { mean: 1, count: 2, deviation: 3 },
      { mean: 2, count: 3, deviation: 1 },
    ];
    expect(shrinkage(all, [...good, noisy], "minimize").noise).toBeCloseTo(Math.sqrt((9 + 2) / 3), 14);
    expect(shrinkage(all, [...good, noisy], "maximize").noise).toBe(7);
    expect(shrinkage(all, [noisy], "minimize").noise).toBe(7);
  });

  it("lets runs count by their number where the configurations show no spread of their own", () => {
    const runs = [one(0.9), { mean: 0.95, count: 4 }, one(1), one(1.05)];
    const model = shrinkage(runs, [{ mean: 0.95, count: 4, deviation: 1 }], "minimize");
    expect(model.spread).toBe(0);
    expect(model.expected(runs[0]!)).toBe(model.centre);
    expect(model.compare(runs[1]!, runs[0]!)).toBeLessThan(0);
  });

  it("orders runs of different numbers as it expects, exactly, whatever the noise is to the spread", () => {
    const runs = [-2, -1.5, -1, -0.5, 0, 1, 2, 3, 4].map(one);
    for (const deviation of [0.1, 0.5, 1, 1.2, 1.3]) {
      const model = shrinkage(runs, [{ mean: -1, count: 9, deviation }], "minimize");
      expect(model.spread).toBeGreaterThan(0);
      for (const [x, n, y, m] of grid([-2, -1.4, -0.9, -0.3, 0.4], [1, 2, 3, 7])) {
        const [a, b] = [
          { mean: x, count: n },
          { mean: y, count: m },
        ];
        const lead = model.expected(a) - model.expected(b);
        if (Math.abs(lead) > 1e-9) expect(Math.sign(model.compare(a, b))).toBe(Math.sign(lead));
      }
    }
  });

  it("sees no spread where results are all alike, or vary less than runs of one configuration do", () => {
    for (let length = 1; length < 12; length++)
      expect(
        shrinkage(
          Array.from({ length }, () => one(0.1)),
          [],
          "minimize",
        ).spread,
      ).toBe(0);
    const runs = [0, 1, 2, 3, 4].map(one);
    for (const deviation of [1.4, 1.5, 2, 9])
      expect(shrinkage(runs, [{ mean: 0, count: 9, deviation }], "minimize").spread).toBe(0);
  });

  it("has an answer for results as large or as far apart as numbers are", () => {
    const runs = [-2, -1.5, -1, 0, 1, 2, 3].map(one);
    const scaled = (unit: number, deviation: number) =>
      shrinkage(
        runs.map(({ mean, count }) => ({ mean: mean * unit, count })),
        [{ mean: 0, count: 9, deviation }],
        "minimize",
      );
    const [few, many] = [
      { mean: -1e200, count: 1 },
      { mean: -1e200, count: 4 },
    ];
    const wide = scaled(1e200, 1);
    expect(wide.expected(few)).toBe(-1e200);
    expect(wide.compare({ mean: -2e200, count: 1 }, many)).toBe(-1);
    expect(wide.compare(few, { mean: 1e200, count: 9 })).toBe(-1);
    expect(wide.compare(few, { mean: -0.9e200, count: 1 })).toBe(-1);
    const noisy = scaled(1, 1e200);
    expect(noisy.expected({ mean: -2, count: 4 })).toBe(noisy.centre);
    expect(noisy.compare({ mean: -1, count: 4 }, { mean: -2, count: 1 })).toBe(-1);
  });

  it("knows nothing of nothing", () => {
    for (const towards of ["minimize", "maximize"] as const) {
      const { noise, centre, spread } = shrinkage([], [], towards);
      expect([noise, centre + 0, spread]).toEqual([0, 0, 0]);
      expect(shrinkage([one(3)], [], towards).centre).toBe(3);
      expect(shrinkage([one(3)], [], towards).spread).toBe(0);
    }
    const [a, b] = [1, 5].map(one);
    expect([shrinkage([a!, b!], [], "minimize").centre, shrinkage([a!, b!], [], "maximize").centre]).toEqual([3, 3]);
    expect(shrinkage([a!, b!], [], "minimize").spread).toBeCloseTo(4 * (0.5 - 0.15865525393145707), 14);
  });

  it("sorts nothing where no configuration was run twice", () => {
    const means = new Proxy([one(2), one(1)], {
      get: (target, key) =>
        key === "length" || key === Symbol.iterator ? expect.unreachable() : Reflect.get(target, key),
    });
    const { noise, compare } = shrinkage(means, [], "minimize");
    expect([noise, compare(one(1), one(2))]).toEqual([0, -1]);
  });

  it("changes nothing without noise", () => {
    fc.assert(
      fc.property(means, direction, (runs, towards) => {
        const still = runs.map((run): RepeatedRuns => ({ ...run, count: run.count + 1, deviation: 0 }));
        for (const model of [shrinkage(runs, [], towards), shrinkage(runs, still, towards)]) {
          expect(model.noise).toBe(0);
          for (const run of runs) expect(model.expected(run)).toBe(run.mean);
          const order = Math.sign(model.compare(runs[0]!, runs.at(-1)!));
          const sign = towards === "minimize" ? 1 : -1;
          expect(order).toBe(Math.sign(sign * (runs[0]!.mean - runs.at(-1)!.mean)) + 0);
        }
      }),
    );
  });

  it("never reorders means of equally many runs, and keeps each between its mean and the centre", () => {
    fc.assert(
      fc.property(means, repeated, direction, count, value, value, (runs, again, towards, n, x, y) => {
        const model = shrinkage(runs, again, towards);
        const order = model.compare({ mean: x, count: n }, { mean: y, count: n });
        expect(Math.sign(order)).toBe(Math.sign((x - y) * (towards === "minimize" ? 1 : -1)) + 0);
        const expected = model.expected({ mean: x, count: n });
        expect(expected).toBeGreaterThanOrEqual(Math.min(x, model.centre) - 1e-9);
        expect(expected).toBeLessThanOrEqual(Math.max(x, model.centre) + 1e-9);
        const more = model.expected({ mean: x, count: n + 1 });
        expect(Math.abs(more - x)).toBeLessThanOrEqual(Math.abs(expected - x) + 1e-9);
      }),
    );
  });

  it("orders as it expects, by number of runs alone where all is noise", () => {
    fc.assert(
      fc.property(means, repeated, direction, (runs, again, towards) => {
        const model = shrinkage(runs, again, towards);
        const sign = towards === "minimize" ? 1 : -1;
        const sorted = [...runs].sort(model.compare);
        for (const [place, run] of sorted.slice(1).entries())
          expect(sign * (model.expected(run) - model.expected(sorted[place]!))).toBeGreaterThanOrEqual(-1e-9);
      }),
    );
  });

  it("does not look at how bad the bad ones are", () => {
    fc.assert(
      fc.property(means, repeated, direction, value, (runs, again, towards, far) => {
        const sign = towards === "minimize" ? 1 : -1;
        const before = shrinkage(runs, again, towards);
        // An even number has its median between two: both stay.
        const bound = Math.max(
          ...runs
            .map(({ mean }) => sign * mean)
            .sort((a, b) => a - b)
            .slice(0, (runs.length >> 1) + 1),
        );
        const worse = runs.map((run) =>
          sign * run.mean > bound ? { ...run, mean: run.mean + sign * Math.abs(far) * 1e6 } : run,
        );
        const after = shrinkage(worse, again, towards);
        for (const key of ["noise", "centre", "spread"] as const) expect(after[key]).toBe(before[key]);
      }),
    );
  });

  it("turns, moves and grows with the values", () => {
    fc.assert(
      fc.property(means, repeated, value, fc.constantFrom(0.25, 2, 1024), (runs, again, move, factor) => {
        const moved = <T extends RunMean>(run: T): T => ({ ...run, mean: run.mean * factor + move });
        const wide = again.map((one) => ({ ...moved(one), deviation: one.deviation * factor }));
        const [a, b] = [shrinkage(runs, again, "minimize"), shrinkage(runs.map(moved), wide, "minimize")];
        const turned = <T extends RunMean>(run: T): T => ({ ...run, mean: -run.mean });
        const c = shrinkage(runs.map(turned), again.map(turned), "maximize");
        expect(b.noise).toBeCloseTo(a.noise * factor, 6);
        expect(b.spread).toBeCloseTo(a.spread * factor, 3);
        expect(c.spread).toBe(a.spread);
        for (const run of runs) expect(-c.expected(turned(run))).toBeCloseTo(a.expected(run), 9);
      }),
    );
  });

  it("stays finite and in order at the ends of what numbers can be", () => {
    for (const scale of [1e-320, 1e-160, 1e300, 1.7e308]) {
      const runs = [-1, -0.5, 0, 0.5, 1].map((mean) => one(mean * scale));
      const model = shrinkage(runs, [{ mean: 0, count: 3, deviation: scale / 4 }], "minimize");
      const sorted = [...runs].reverse().sort(model.compare);
      expect(sorted).toEqual(runs);
      expect(model.spread).not.toBeNaN();
    }
  });
});
