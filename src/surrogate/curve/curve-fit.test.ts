import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CURVE_MODELS, type CurveFit, CurveFitter, LEVEL_MODEL } from "./curve-fit.ts";
import { CURVE_SHAPES } from "./curve-shapes.ts";
import { endDensity, modelWeights } from "./end-density.ts";

const U = Float64Array.from({ length: 12 }, (_none, k) => (k + 1) / 27);
const curveOf = (value: (u: number, step: number) => number) => Float64Array.from(U, (u, k) => value(u, k + 1));

describe("a fit", () => {
  it.each(CURVE_SHAPES.map((shape, k) => [shape.name, shape, k] as const))(
    "foretells the end of a curve of its shape: %s",
    (_name, shape, k) => {
      const y = curveOf((u, step) => 3 + 2 * shape.at(u, step));
      const { means, evidence } = new CurveFitter().fit({ u: U, y });
      const end = 3 + 2 * shape.at(1, 27);
      const fall = Math.abs(y[0]! - end);
      expect(Math.abs(means[1 + k]! - end)).toBeLessThan(0.02 * fall);
      const best = evidence.subarray(0, 1 + CURVE_SHAPES.length).reduce((most, one) => Math.max(most, one), 0);
      expect(evidence[1 + k]).toBeGreaterThan(0.9 * best);
    },
  );

  it("takes values in any unit, and a level that stays for what it is", () => {
    const fit = new CurveFitter();
    const noise = (k: number) => ((k * 7919) % 13) / 100;
    const plain = fit.fit({ u: U, y: curveOf((u, k) => 1 / (u + 0.1) + noise(k)) });
    const large = fit.fit({ u: U, y: curveOf((u, k) => 2 ** 900 * (1 / (u + 0.1) + noise(k))) });
    plain.means.forEach((mean, m) => void expect(large.means[m]! / 2 ** 900).toBeCloseTo(mean, 9));
    plain.scales.forEach((scale, m) => void expect(large.scales[m]! / 2 ** 900).toBeCloseTo(scale, 9));
    expect(large.evidence).toEqual(plain.evidence);
    const level = fit.fit({ u: U, y: curveOf(() => 7) });
    expect(level.level).toBe(7);
    expect(level.means.every((mean) => mean === 7)).toBe(true);
  });

  it("says the same whatever it fitted before", () => {
    const value = fc.double({ min: -5, max: 5, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 12, maxLength: 12 }), fc.integer({ min: 4, max: 12 }), (values, n) => {
        const fitter = new CurveFitter();
        fitter.fit({ u: U, y: curveOf((u) => -u) });
        const points = { u: U.slice(0, n), y: Float64Array.from(values.slice(0, n)) };
        const fit = fitter.fit(points);
        expect(fit).toEqual(new CurveFitter().fit(points));
        expect(fit.scales.every((scale) => scale >= 0 && scale < Number.POSITIVE_INFINITY)).toBe(true);
        expect(Math.max(...fit.evidence)).toBe(1);
      }),
    );
  });
});

describe("ends", () => {
  const spread = (means: number[]): CurveFit => ({
    means: Float64Array.from({ length: CURVE_MODELS }, (_none, m) => means[m] ?? 9),
    scales: new Float64Array(CURVE_MODELS).fill(0.1),
    evidence: new Float64Array(CURVE_MODELS).fill(1),
    level: 0,
  });

  it("weigh the model more that held them, all together as many as there are", () => {
    const before = modelWeights([]);
    const after = modelWeights([
      { fit: spread([1, 5]), end: 1 },
      { fit: spread([3, 5]), end: 3 },
    ]);
    const sum = (weights: Float64Array) => weights.reduce((all, one) => all + one, 0);
    expect(sum(after) - sum(before)).toBeCloseTo(2, 9);
    expect(after[0]! - before[0]!).toBeGreaterThan(1.9);
    expect(before[LEVEL_MODEL]).toBeGreaterThan(before[0]!);
    // What no model can have foretold says nothing of them.
    expect(modelWeights([{ fit: spread([1]), end: Number.POSITIVE_INFINITY }])).toEqual(before);
  });

  it("have densities of the weights' sum in all", () => {
    const weights = modelWeights([]);
    const fit = spread([1, 2, 3]);
    let all = 0;
    for (let y = -400; y < 400; y += 0.01) all += 0.01 * endDensity(fit, weights, y, 0);
    expect(all).toBeCloseTo(
      weights.reduce((sum, one) => sum + one, 0),
      3,
    );
    expect(endDensity(fit, weights, 9, 1)).toBeLessThan(endDensity(fit, weights, 9, 0));
  });
});
