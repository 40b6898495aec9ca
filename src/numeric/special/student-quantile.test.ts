import { describe, expect, it } from "vitest";
import { studentQuantile } from "./student-quantile.ts";

describe("studentQuantile", () => {
  // From tables of the distribution, and 1 and 2 degrees of freedom in closed form.
  it.each([
    [0.95, 1, Math.tan(0.475 * Math.PI)],
    [0.95, 2, 0.95 * Math.sqrt(2 / (1 - 0.95 * 0.95))],
    [0.95, 4, 2.7764451051977987],
    [0.95, 9, 2.2621571627409915],
    [0.95, 30, 2.0422724563012373],
    [0.99, 3, 5.840909309733355],
    [0.95, 1e6, 1.959966],
  ])("at %s with %s degrees of freedom", (confidence, freedom, expected) => {
    expect(studentQuantile(confidence, freedom)).toBeCloseTo(expected, freedom > 1000 ? 5 : 9);
  });

  it("falls with the degrees of freedom, fractions included", () => {
    const quantiles = [1, 1.5, 2, 2.5, 5, 7.3, 20].map((freedom) => studentQuantile(0.95, freedom));
    expect(quantiles).toEqual([...quantiles].sort((a, b) => b - a));
  });
});
