import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boundedLbfgs, type ValueAndGradient } from "./bounded-lbfgs.ts";
import { curvedValley } from "./curved-valley.testing.ts";

const box = (n: number, low: number, high: number) => ({
  low: new Float64Array(n).fill(low),
  high: new Float64Array(n).fill(high),
});

describe("boundedLbfgs", () => {
  it("finds the valley's end", () => {
    const { x, value } = boundedLbfgs(curvedValley, [-1.2, 1, -0.5, 0.3], {
      ...box(4, -5, 5),
      evaluations: 500,
      relative: 0,
    });
    expect(value).toBeLessThan(1e-10);
    for (const v of x) expect(v).toBeCloseTo(1, 4);
  });

  it("finds a minimum on the bounds", () => {
    const { x, value } = boundedLbfgs(curvedValley, [-1.2, 1], { ...box(2, -5, 0.5), evaluations: 300 });
    expect([...x].map((v) => Math.round(v * 1e5) / 1e5)).toEqual([0.5, 0.25]);
    expect(value).toBeCloseTo(0.25, 8);
  });

  // nfev of SciPy 1.17 (L-BFGS-B, maxcor 8, ftol 0, gtol 1e-6), and a quarter more.
  it.each([
    [[-1.2, 1], 50],
    [[-1.2, 1, -0.5, 0.3], 52],
    [new Array<number>(10).fill(0), 87],
  ])("needs about as many evaluations from %j as SciPy's %i", (start, scipy) => {
    const { value, evaluations } = boundedLbfgs(curvedValley, start, {
      ...box(start.length, -5, 5),
      evaluations: 1000,
      relative: 0,
    });
    expect(value).toBeLessThan(1e-12);
    expect(evaluations).toBeLessThanOrEqual(1.25 * scipy);
  });

  it.each([
    [0, 1],
    [0, 1000],
    [1, -1],
    [1, -1000],
  ])("takes the way that it takes without a variable held at %i by a slope of %i", (held, slope) => {
    const bowl: ValueAndGradient = (x, g) => {
      g[0] = 2 * (x[0]! - 0.5);
      g[1] = 6 * (x[1]! - 0.25);
      return (x[0]! - 0.5) * (x[0]! - 0.5) + 3 * (x[1]! - 0.25) * (x[1]! - 0.25);
    };
    const beside: ValueAndGradient = (x, g) => {
      const value = bowl(x.subarray(1), g.subarray(1));
      g[0] = slope;
      return value + slope * (x[0]! - held);
    };
    const without = boundedLbfgs(bowl, [0, 0], { ...box(2, 0, 1), evaluations: 100, relative: 0 });
    const found = boundedLbfgs(beside, [held, 0, 0], { ...box(3, 0, 1), evaluations: 100, relative: 0 });
    expect(found.evaluations).toBe(without.evaluations);
    expect([...found.x]).toEqual([held, ...without.x]);
  });

  it("stops where a step gains less than the share asked for, and where nothing slopes", () => {
    const run = (options: object) =>
      boundedLbfgs(curvedValley, [-1.2, 1], { ...box(2, -5, 5), evaluations: 500, ...options });
    expect(run({ relative: 0.5 }).evaluations).toBeLessThan(run({ relative: 1e-3 }).evaluations);
    const rough = run({ relative: 0, tolerance: 0.1 });
    const gradient = new Float64Array(2);
    curvedValley(rough.x, gradient);
    expect(Math.max(...gradient.map(Math.abs))).toBeLessThanOrEqual(0.1);
    expect(rough.evaluations).toBeLessThan(run({ relative: 0 }).evaluations);
    const at = boundedLbfgs(curvedValley, [1, 1], { ...box(2, -5, 5), evaluations: 500 });
    expect(at).toMatchObject({ evaluations: 1, value: 0 });
  });

  it("solves bounded quadratics to the projected gradient", () => {
    const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    const gen = fc.array(fc.tuple(number(0.01, 100), number(-3, 3)), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(gen, (terms) => {
        const f: ValueAndGradient = (x, g) =>
          terms.reduce((sum, [c, m], i) => {
            g[i] = 2 * c * (x[i]! - m);
            return sum + c * (x[i]! - m) * (x[i]! - m);
          }, 0);
        const { x } = boundedLbfgs(f, new Float64Array(terms.length), {
          ...box(terms.length, -1, 1),
          evaluations: 2000,
          relative: 0,
        });
        for (const [i, [, m]] of terms.entries()) expect(x[i]).toBeCloseTo(Math.min(1, Math.max(-1, m)), 3);
      }),
      { numRuns: 60 },
    );
  });

  it("steps back from where the function is not finite, keeps to its evaluations and its start", () => {
    let calls = 0;
    const f: ValueAndGradient = (x, g) => {
      calls += 1;
      if (x[0]! > 0.9) return Number.NaN;
      g[0] = -1;
      return -x[0]!;
    };
    const { x, evaluations } = boundedLbfgs(f, [0], { ...box(1, -1, 10), evaluations: 30 });
    expect(x[0]).toBeGreaterThan(0.8);
    expect(x[0]).toBeLessThanOrEqual(0.9);
    expect(evaluations).toBe(calls);
    expect(calls).toBeLessThanOrEqual(30);
    const stuck = boundedLbfgs(() => Number.NaN, [0.5], { ...box(1, 0, 1), evaluations: 30 });
    expect([stuck.x[0], stuck.evaluations]).toEqual([0.5, 1]);
  });
});
