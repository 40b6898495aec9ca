import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type OutputWarp, warpOutputs } from "./output-warp.ts";

const WARPS: readonly OutputWarp[] = ["half-rank", "yeo-johnson", "identity"];

describe("warpOutputs", () => {
  it("standardises and keeps the order, whatever the values", () => {
    const value = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(1e-12, 1e12, 1e30, -1e300, 0, 5e-324, 1.7e308),
      fc.double({ min: 0, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 2, maxLength: 40 }), fc.constantFrom(...WARPS), (values, warp) => {
        const bent = warpOutputs(values, warp);
        const mean = bent.reduce((a, b) => a + b, 0) / bent.length;
        const square = bent.reduce((a, b) => a + b * b, 0) / bent.length;
        expect(Math.abs(mean)).toBeLessThan(1e-6);
        expect(square < 1e-12 || Math.abs(square - 1) < 1e-6).toBe(true);
        for (const [i, a] of values.entries())
          for (const [j, b] of values.entries()) if (a < b) expect(bent[i]).toBeLessThanOrEqual(bent[j]! + 1e-9);
      }),
      { numRuns: 300 },
    );
  });

  it("keeps an outlier from flattening the rest", () => {
    const values = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1e30];
    const bent = warpOutputs(values, "half-rank");
    expect(bent[4]! - bent[0]!).toBeGreaterThan(1);
    expect(bent[8]! - bent[5]!).toBeLessThan(3);
  });

  it("gives zeros for values that are all the same", () => {
    for (const warp of WARPS) expect([...warpOutputs([7, 7, 7], warp)]).toEqual([0, 0, 0]);
  });

  // NumPy 2.4 and SciPy 1.17: rankdata, norm.ppf, log1p; yeojohnson at the power of -2, -1.75, …, 4 with the highest yeojohnson_llf.
  it.each<readonly [OutputWarp, readonly number[], readonly number[]]>([
    [
      "half-rank",
      [3, 1, 2, 10, 2.5, 7, 1.5],
      [
        0.500344813805942, -1.624255482990403, -0.398555459248626, 1.470840897919595, 0.147609830935666,
        0.890845973464243, -0.986830573886416,
      ],
    ],
    [
      "yeo-johnson",
      [3, 1, 2, 10, 2.5, 7, 1.5],
      [
        0.155685034025811, -1.388512527120317, -0.500335257289548, 1.543941767440865, -0.144791056891331,
        1.247967885512433, -0.913955845677913,
      ],
    ],
    [
      "identity",
      [3, 1, 2, 10, 2.5, 7, 1.5],
      [
        -0.276318779435102, -0.921062598117008, -0.598690688776055, 1.980284585951567, -0.437504734105579,
        1.013168857928709, -0.759876643446532,
      ],
    ],
    [
      "half-rank",
      [0.1, 0.2, 0.2, 0.4, 5, 9, 9, 100],
      [
        -1.008756456700777, -0.957698884272464, -0.957698884272464, -0.856760396222168, 0.36847362257617,
        0.880368037626217, 0.880368037626217, 1.65170492363927,
      ],
    ],
    [
      "yeo-johnson",
      [0.1, 0.2, 0.2, 0.4, 5, 9, 9, 100],
      [
        -0.858348300743917, -0.837009258639762, -0.837009258639762, -0.794734192016912, 0.039245399683058,
        0.575440094027054, 0.575440094027054, 2.136975422303186,
      ],
    ],
    [
      "identity",
      [0.1, 0.2, 0.2, 0.4, 5, 9, 9, 100],
      [
        -0.478634132841224, -0.47552359420375, -0.47552359420375, -0.469302516928803, -0.326217739605026,
        -0.201796194106089, -0.201796194106089, 2.628793965994729,
      ],
    ],
    [
      "half-rank",
      [-5, -4, -3.5, 2, 8, 30],
      [
        -1.235724799803115, -0.870835039911339, -0.695491733411253, 0.413775214406838, 0.871818547390155,
        1.516457811328715,
      ],
    ],
    [
      "yeo-johnson",
      [-5, -4, -3.5, 2, 8, 30],
      [
        -1.104904731008202, -0.865405295080988, -0.751930640660785, 0.236175846725838, 0.84376974770851,
        1.642295072315627,
      ],
    ],
    [
      "identity",
      [-5, -4, -3.5, 2, 8, 30],
      [
        -0.78456722438474, -0.702699340101115, -0.661765397959303, -0.211492034399365, 0.279715271302386,
        2.080808725542138,
      ],
    ],
  ])("%s of %j is SciPy's", (warp, values, expected) => {
    const bent = warpOutputs(values, warp);
    for (const [i, at] of expected.entries()) expect(bent[i]).toBeCloseTo(at, 11);
  });
});
