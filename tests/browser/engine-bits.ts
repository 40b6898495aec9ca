import { CholeskyFactor } from "../../src/numeric/linalg/cholesky-factor.ts";
import { DenseKernel } from "../../src/numeric/linalg/dense-kernel.ts";
import { positiveMatrix } from "../../src/numeric/linalg/positive-matrix.testing.ts";
import { boundedLbfgs } from "../../src/numeric/optimize/bounded-lbfgs.ts";
import { curvedValley } from "../../src/numeric/optimize/curved-valley.testing.ts";
import { keyedStreams } from "../../src/numeric/random/keyed-streams.ts";
import { scrambledSobol, sobol } from "../../src/numeric/random/sobol.ts";
import { erfc, erfcx } from "../../src/numeric/special/erfcx.ts";
import { exp } from "../../src/numeric/special/exp.ts";
import { expm1 } from "../../src/numeric/special/expm1.ts";
import { ln } from "../../src/numeric/special/ln.ts";
import { ln1p } from "../../src/numeric/special/ln1p.ts";
import { logImprovement, logImprovementSlope } from "../../src/numeric/special/log-expected-improvement.ts";
import { logNdtr } from "../../src/numeric/special/log-ndtr.ts";
import { log1mexp } from "../../src/numeric/special/log1mexp.ts";
import { ndtriExp } from "../../src/numeric/special/ndtri-exp.ts";
import { normalCdf, normalMass } from "../../src/numeric/special/normal-cdf.ts";
import { normalQuantile } from "../../src/numeric/special/normal-quantile.ts";
import { logNormalMass, truncatedNormalQuantile } from "../../src/numeric/special/truncated-normal.ts";
import { suggestionBits } from "./suggestion-bits.ts";

const stream = (name: string) => keyedStreams(1, "bits").stream(name);

/** Outputs of the pure rooms, by topic: hundreds of thousands of numbers that must have the same bits on every engine. */
const TOPICS: Readonly<Record<string, () => Iterable<number>>> = {
  "exp, expm1, ln, ln1p": () => overLine(100_000, 1400, [exp, expm1, (x) => ln(Math.abs(x)), (x) => ln1p(Math.abs(x))]),
  "small exp, expm1, ln, ln1p": () => overLine(100_000, 2, [exp, expm1, (x) => ln(1 + 0.9 * x), (x) => ln1p(0.9 * x)]),
  "erfc, erfcx": () => overLine(50_000, 40, [erfc, erfcx]),
  "normal cdf, log-ndtr, mass": () =>
    overLine(50_000, 60, [normalCdf, logNdtr, (x) => normalMass(x, x + 0.1), (x) => logNormalMass(x, x + 2)]),
  "ndtri, ndtri-exp, truncated normal": () =>
    overLine(20_000, 1, [
      (u) => normalQuantile(u + 0.5),
      (u) => ndtriExp(-40 * (u + 0.5)),
      (u) => truncatedNormalQuantile(u + 0.5, 8 * u, 8 * u + 1),
    ]),
  "log1mexp, log expected improvement": () =>
    overLine(50_000, 60, [(x) => log1mexp(-Math.abs(x)), logImprovement, logImprovementSlope]),
  "random streams": randomNumbers,
  sobol: sobolNumbers,
  "kernel exp, log": kernelFunctions,
  "cholesky, solves, inverse": choleskyNumbers,
  "covariance, feature sums": covarianceNumbers,
  lbfgs: lbfgsNumbers,
};

/** Every function at `count` random places of [-width / 2, width / 2]. */
function* overLine(count: number, width: number, functions: readonly ((x: number) => number)[]): Iterable<number> {
  const random = stream("line");
  for (let i = 0; i < count; i++) {
    const x = width * (random.float() - 0.5);
    for (const f of functions) yield f(x);
  }
}

function* randomNumbers(): Iterable<number> {
  for (let trial = 0; trial < 500; trial++) {
    const random = keyedStreams(9007199254740991, trial).stream("lr");
    for (let i = 0; i < 50; i++) yield* [random.uint32(), random.float(), random.int(1 + i), random.normal()];
  }
}

function* sobolNumbers(): Iterable<number> {
  for (let i = 0; i < 2000; i++) for (let d = 0; d < 20; d++) yield* [sobol(i, 13 * d), scrambledSobol(i, 13 * d, i)];
}

function* kernelFunctions(): Iterable<number> {
  const { run } = new DenseKernel();
  yield* overLine(100_000, 1400, [(x) => run.exp(x), (x) => run.log(Math.abs(x))]);
}

function choleskyNumbers(): Iterable<number> {
  const n = 67;
  const kernel = new DenseKernel();
  const factor = new CholeskyFactor(kernel, n);
  for (const [i, row] of positiveMatrix(stream("matrix"), n).entries())
    kernel.view(factor.row(i), i + 1).set(row.slice(0, i + 1));
  factor.extend(40);
  factor.extend(n - 40);
  const right = kernel.put(Array.from({ length: factor.stride }, (_, i) => 1 / (1 + i)));
  factor.solve(right, 1, factor.stride);
  const numbers = [factor.logDeterminantHalf(), ...kernel.view(right, n)];
  const [room, inverse] = [kernel.alloc(n * factor.stride), kernel.alloc(n * factor.stride)];
  kernel.run.subtractInverse(factor.pointer, n, factor.stride, room, inverse);
  return [...numbers, ...kernel.view(factor.pointer, n * factor.stride), ...kernel.view(inverse, n * factor.stride)];
}

function covarianceNumbers(): Iterable<number> {
  const [n, numeric, nominal] = [50, 5, 2];
  const kernel = new DenseKernel();
  const random = stream("points");
  const points = kernel.put(
    Array.from({ length: 7 * n }, (_, i) => (i < numeric * n ? random.float() : random.int(3))),
  );
  const weights = kernel.put([0.3, 0.7]);
  const [k, slope, sums] = [kernel.alloc(n * n), kernel.alloc(n * n), kernel.alloc(8)];
  kernel.run.covariance(points, n, 0, n, points, n, n, numeric, nominal, weights, 1.7, k, slope, n, 0);
  kernel.run.featureSums(points, n, n, numeric, nominal, k, slope, n, kernel.alloc(n), sums);
  return [...kernel.view(k, n * n), ...kernel.view(slope, n * n), ...kernel.view(sums, 7)];
}

function lbfgsNumbers(): Iterable<number> {
  const bounds = { low: new Float64Array(6).fill(-2), high: new Float64Array(6).fill(1.5) };
  const { x, value } = boundedLbfgs(curvedValley, [-1.2, 1, 0.3, -0.4, 1.1, 0], { ...bounds, evaluations: 200 });
  return [...x, value];
}

/** FNV-1a over the bytes, one digest for NaNs of all kinds. */
function digest(numbers: Iterable<number>): string {
  const words = new DataView(new ArrayBuffer(8));
  let [a, b, count] = [0x811c9dc5, 0x1234567, 0];
  for (const x of numbers) {
    count++;
    words.setFloat64(0, Number.isNaN(x) ? Number.NaN : x);
    a = Math.imul(a ^ words.getUint32(0), 0x01000193);
    a = Math.imul(a ^ (a >>> 15) ^ words.getUint32(4), 0x01000193);
    b = Math.imul((b ^ a ^ (b >>> 13)) | 1, 0x5bd1e995);
  }
  const text = [a, b].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  return `${text} of ${count} numbers`;
}

/** Digests of what the pure rooms compute, by topic: the same on every engine. */
export async function engineBits(): Promise<Readonly<Record<string, string>>> {
  const numbers = Object.entries(TOPICS).map(([topic, make]) => [topic, digest(make())]);
  const suggestions = Object.entries(await suggestionBits()).map(([topic, made]) => [topic, digest(made)]);
  return Object.fromEntries([...numbers, ...suggestions]);
}
