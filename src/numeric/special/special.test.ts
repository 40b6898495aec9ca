import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { erfc, erfcx } from "./erfcx.ts";
import { exp } from "./exp.ts";
import { logImprovement, logImprovementSlope } from "./log-expected-improvement.ts";
import { logNdtr } from "./log-ndtr.ts";
import { log1mexp } from "./log1mexp.ts";
import { ndtriExp } from "./ndtri-exp.ts";
import { normalQuantile } from "./normal-quantile.ts";
import { logNormalMass, truncatedNormalQuantile } from "./truncated-normal.ts";

const golden: Record<string, number[][]> = JSON.parse(
  readFileSync(new URL("golden/special.json", import.meta.url), "utf8"),
);

const FUNCTIONS: Record<string, (...x: number[]) => number> = {
  erfcx: (x) => erfcx(x!),
  erfc: (x) => erfc(x!),
  logNdtr: (x) => logNdtr(x!),
  log1mexp: (x) => log1mexp(x!),
  ndtriExp: (y) => ndtriExp(y!),
  logMass: (a, b) => logNormalMass(a!, b!),
  truncatedQuantile: (q, a, b) => truncatedNormalQuantile(q!, a!, b!),
  logImprovement: (z) => logImprovement(z!),
  logImprovementSlope: (z) => logImprovementSlope(z!),
};

describe("special functions", () => {
  for (const [name, compute] of Object.entries(FUNCTIONS))
    it(`${name} has 13 digits`, () => {
      const rows = golden[name]!;
      expect(rows.length).toBeGreaterThan(5);
      for (const row of rows) {
        const expected = row.at(-1)!;
        const error = Math.abs(compute(...row.slice(0, -1)) - expected);
        // A quantile or a logarithm that passes through 0 is measured against 1.
        const size = Math.abs(expected) > 1e-3 || name === "log1mexp" ? Math.abs(expected) : 1;
        const relative = name.startsWith("erfc") || name === "logNdtr" ? Math.abs(expected) : size;
        expect
          .soft(error / relative, `${name}(${row.slice(0, -1)})`)
          .toBeLessThan(name === "logImprovementSlope" ? 3e-13 : 1e-13);
      }
    });

  it("ndtriExp has the bits of the quantile itself where that is exact", () => {
    for (const y of [-4.99, -3, -1, -0.5, -0.1, -0.02]) expect(ndtriExp(y)).toBe(normalQuantile(exp(y)));
    for (const y of [-0.009, -1e-3, -1e-9]) expect(ndtriExp(y)).toBeGreaterThan(2);
  });

  it("stands at the ends", () => {
    expect(logNdtr(40)).toBeCloseTo(0, 300);
    expect(ndtriExp(0)).toBe(Number.POSITIVE_INFINITY);
    expect(ndtriExp(Number.NEGATIVE_INFINITY)).toBe(Number.NEGATIVE_INFINITY);
    expect(ndtriExp(0.1)).toBeNaN();
    expect(logNormalMass(1, 1)).toBe(Number.NEGATIVE_INFINITY);
    expect(truncatedNormalQuantile(0, -1, 2)).toBe(-1);
    expect(truncatedNormalQuantile(1, -1, 2)).toBe(2);
    expect(log1mexp(0)).toBe(Number.NEGATIVE_INFINITY);
  });
});
