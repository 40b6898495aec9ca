import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { CholeskyFactor } from "./linalg/cholesky-factor.ts";
import { DenseKernel } from "./linalg/dense-kernel.ts";
import { positiveMatrix } from "./linalg/positive-matrix.testing.ts";
import { symmetricEigen } from "./linalg/symmetric-eigen.testing.ts";
import { boundedLbfgs } from "./optimize/bounded-lbfgs.ts";
import { curvedValley } from "./optimize/curved-valley.testing.ts";
import { keyedStreams } from "./random/keyed-streams.ts";
import { scrambledSobol, sobol } from "./random/sobol.ts";
import { erfc, erfcx } from "./special/erfcx.ts";
import { exp } from "./special/exp.ts";
import { expm1 } from "./special/expm1.ts";
import { ln } from "./special/ln.ts";
import { ln1p } from "./special/ln1p.ts";
import { logImprovement, logImprovementSlope } from "./special/log-expected-improvement.ts";
import { logNdtr } from "./special/log-ndtr.ts";
import { log1mexp } from "./special/log1mexp.ts";
import { ndtriExp } from "./special/ndtri-exp.ts";
import { normalCdf, normalMass } from "./special/normal-cdf.ts";
import { normalQuantile } from "./special/normal-quantile.ts";
import { studentQuantile } from "./special/student-quantile.ts";
import { logNormalMass, truncatedNormalQuantile } from "./special/truncated-normal.ts";

/** Places at which functions may go over into others: from tiny to huge, whole and halves, and their neighbours. */
const PLACES = [
  ...[
    0,
    1e-320,
    1e-300,
    1e-20,
    1e-9,
    1e-8,
    1e-3,
    0.01,
    0.1,
    0.17157,
    0.25,
    0.29289,
    0.3465,
    0.41422,
    0.46875,
    0.5,
    Math.LN2,
  ],
  ...[
    0.75,
    0.9,
    0.99,
    1 - 1e-9,
    1,
    1 + 1e-9,
    1.0397,
    2,
    3,
    4,
    5,
    5.5,
    6,
    8,
    10,
    16,
    25,
    26.6,
    30,
    37.5,
    38,
    40,
    56,
    60,
  ],
  ...[100, 700, 709.7, 745, 746, 1e3, 1e5, 1e8, 1e15, 1e16, 1e150, 1e300, Number.POSITIVE_INFINITY, Number.NaN],
].flatMap((x) => [x, -x]);

function* overPlaces(functions: readonly ((x: number) => number)[]): Iterable<number> {
  const random = keyedStreams(1, "golden").stream("places");
  for (const f of functions) {
    for (const x of PLACES) yield f(x);
    for (let i = 0; i < 400; i++) yield f((random.float() - 0.5) * [2, 20, 80, 1400][i % 4]!);
  }
}

function* draws(): Iterable<number> {
  const keys: readonly (string | number)[] = [
    0,
    -0,
    -1,
    0.5,
    2 ** 53 - 1,
    "7693cfe44539",
    "lr",
    "a longer name",
    "größe",
  ];
  for (const seed of [0, 1, -7.25, 2 ** 53 - 1]) {
    for (const key of keys) {
      const random = keyedStreams(seed, key, 3).stream("x");
      for (let n = 1; n < 6; n++) yield* [random.uint32(), random.float(), random.int(n * 1e8), random.normal()];
    }
  }
}

const matrixOf = (n: number) => positiveMatrix(keyedStreams(2, "golden").stream("matrix"), n);

function factored(): Iterable<number> {
  const n = 23;
  const kernel = new DenseKernel();
  const factor = new CholeskyFactor(kernel, n);
  const matrix = matrixOf(n);
  const fill = (from: number) => {
    for (let i = from; i < n; i++) kernel.view(factor.row(i), i + 1).set(matrix[i]!.slice(0, i + 1));
  };
  fill(0);
  factor.extend(9);
  factor.extend(n - 9);
  const first = factor.logDeterminantHalf();
  factor.truncate(15);
  factor.truncate(n);
  const shorter = [factor.size, factor.logDeterminantHalf()];
  fill(15);
  factor.extend(n - 15);
  const mark = kernel.mark();
  const right = kernel.put(Array.from({ length: 2 * factor.stride }, (_, i) => 1 / (1 + i)));
  factor.solve(right, 2, factor.stride);
  const solved = [...kernel.view(right, n), ...kernel.view(right + 8 * factor.stride, n)];
  kernel.release(mark);
  return [first, ...shorter, factor.logDeterminantHalf(), ...solved, kernel.alloc(3) - mark, kernel.mark() - mark];
}

/** Curved valleys, some of whose lowest places lie beyond the bounds, and one function that has no value in places. */
function minima(): Iterable<number> {
  const found: number[] = [];
  const steep = (x: Float64Array, gradient: Float64Array): number => {
    gradient[0] = 2 * (x[0]! - 0.7);
    gradient[1] = 4e6 * x[1]! * x[1]! * x[1]!;
    return x[0]! > 0.9 ? Number.NaN : (x[0]! - 0.7) * (x[0]! - 0.7) + 1e6 * x[1]! * x[1]! * x[1]! * x[1]!;
  };
  for (const f of [curvedValley, steep]) {
    for (const [from, low, high] of [
      [[-1.2, 1], -2, 2],
      [[-1.2, 0.4], -2, 0.5],
      [[0.3, 0.3], 0.3, 1.7],
    ] as const) {
      for (const evaluations of [1, 3, 10, 200]) {
        const bounds = { low: Float64Array.of(low, low), high: Float64Array.of(high, high) };
        const { x, value } = boundedLbfgs(f, from, { ...bounds, evaluations, tolerance: 1e-5, relative: 1e-9 });
        found.push(...x, value);
      }
    }
  }
  return found;
}

function* quantiles(): Iterable<number> {
  for (const p of [
    0,
    1e-300,
    1e-20,
    1e-5,
    0.02,
    0.075,
    0.1,
    0.3,
    0.425,
    0.5,
    0.575,
    0.9,
    0.925,
    0.99,
    1 - 1e-12,
    1,
    2,
  ]) {
    yield* [normalQuantile(p), normalQuantile(1 - p)];
    for (const [a, b] of [
      [-1, 1],
      [-9, -8],
      [8, 9],
      [-40, 3],
      [0, 1e-3],
      [37, 60],
    ] as const)
      yield* [truncatedNormalQuantile(p, a, b), logNormalMass(a, b), normalMass(a, b)];
  }
  for (let y = 0; y > -900; y = 1.3 * y - 0.004) yield ndtriExp(y);
  for (const freedom of [1, 2, 3, 4, 5, 7, 10, 29, 30, 31, 100, 1e4])
    for (const confidence of [0.5, 0.8, 0.9, 0.95, 0.99]) yield studentQuantile(confidence, freedom);
}

function* points(): Iterable<number> {
  for (let index = 0; index < 70; index++)
    for (const dimension of [0, 1, 2, 7, 40, 255])
      yield* [sobol(index, dimension), scrambledSobol(index, dimension, 5)];
}

function eigen(): Iterable<number> {
  const { values, vectors } = symmetricEigen(matrixOf(7).flat(), 7);
  return [...values, ...vectors];
}

/** SHA-256 (12 digits) of doubles: suggestions are made of these numbers and stored studies replayed, so a change needs a new ENGINE. */
it.each<[string, () => Iterable<number>, string]>([
  ["exponentials and logarithms", () => overPlaces([exp, expm1, ln, ln1p, log1mexp]), "7693cfe44539"],
  ["error functions", () => overPlaces([erfc, erfcx]), "ecfd2872f5ee"],
  ["normal distributions", () => overPlaces([normalCdf, logNdtr, logImprovement, logImprovementSlope]), "42792fb8ae2c"],
  ["quantiles", quantiles, "d2f2a61f97e4"],
  ["draws", draws, "c1e3d92b5327"],
  ["even points", points, "54421db2a843"],
  ["factors of matrices", factored, "fd723969ff51"],
  ["eigenvalues", eigen, "9fa09e6578b1"],
  ["minima", minima, "2504c45574d7"],
])("%s have the same bits everywhere", (_name, compute, digest) => {
  // One NaN is as good as another.
  const numbers = Float64Array.from(compute(), (x) => (Number.isNaN(x) ? Number.NaN : x));
  expect(createHash("sha256").update(new Uint8Array(numbers.buffer)).digest("hex").slice(0, 12)).toBe(digest);
});
