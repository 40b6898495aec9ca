import { describe, expect, it } from "vitest";
import { CholeskyFactor } from "../../numeric/linalg/cholesky-factor.ts";
import { DenseKernel } from "../../numeric/linalg/dense-kernel.ts";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { FIDELITY_PRIOR, FidelityKernel } from "./fidelity-kernel.ts";

const STRIDE = 12;
const LEVELS = Float64Array.from({ length: STRIDE }, (_, i) => [0, 1.125, 2.25, 3.25, 0, 1.125][i % 6]!);
const kernel = new FidelityKernel(LEVELS);
const PRIOR = Float64Array.from(FIDELITY_PRIOR.means);

/** A kernel over configurations: those of points on a line, whichever of two entries a cell of the lower triangle. */
function triangle(of: (i: number, j: number) => number): Float64Array {
  return Float64Array.from({ length: STRIDE * STRIDE }, (_, at) => of(Math.floor(at / STRIDE), at % STRIDE));
}

function made(parameters: Float64Array, scale: number, slopes: Float64Array | null = null): Float64Array {
  const matrix = triangle((i, j) => scale / (1 + (i - j) * (i - j)));
  kernel.apply(parameters, scale, 0, STRIDE, matrix, STRIDE, slopes);
  return matrix;
}

const lower = (matrix: Float64Array) => matrix.filter((_, at) => at % STRIDE <= Math.floor(at / STRIDE));

describe("the kernel over fidelities", () => {
  it("leaves whole runs as they are, and takes the more from shorter ones the shorter they are", () => {
    const matrix = made(PRIOR, 2);
    const plain = (i: number, j: number) => 2 / (1 + (i - j) * (i - j));
    expect(matrix[4 * STRIDE]).toBe(plain(4, 0));
    expect(matrix[4 * STRIDE + 4]).toBe(plain(4, 4));
    const factors = kernel.toWhole(PRIOR);
    expect(factors[0]).toBe(1);
    for (const i of [1, 2, 3]) {
      expect(factors[i]).toBeLessThan(factors[i - 1]!);
      expect(matrix[i * STRIDE]).toBeCloseTo(factors[i]! * plain(i, 0), 14);
    }
    expect(factors[3]).toBeGreaterThan(0.2);
  });

  it("takes slopes by the same factors as covariances of configurations", () => {
    const slopes = triangle(() => 1);
    const matrix = made(Float64Array.from([0.4, -700, -700]), 1, slopes);
    for (let i = 0; i < STRIDE; i++)
      for (let j = 0; j <= i; j++)
        expect(matrix[i * STRIDE + j]).toBeCloseTo(slopes[i * STRIDE + j]! / (1 + (i - j) * (i - j)), 14);
  });

  it("makes the rows that are asked for, wherever they begin", () => {
    const whole = made(PRIOR, 1.5);
    const from = 5;
    const part = triangle((i, j) => 1.5 / (1 + (i + from - j) * (i + from - j)));
    kernel.apply(PRIOR, 1.5, from, STRIDE, part, STRIDE, null);
    for (let i = from; i < STRIDE; i++)
      expect(part.slice((i - from) * STRIDE, (i - from) * STRIDE + i + 1)).toEqual(
        whole.slice(i * STRIDE, i * STRIDE + i + 1),
      );
  });

  it("is positive definite however long its length", () => {
    const memory = new DenseKernel();
    for (const length of [-2, 0, 1, 4]) {
      const factor = new CholeskyFactor(memory, STRIDE);
      const matrix = made(Float64Array.from([length, 1, -9]), 1);
      for (let i = 0; i < STRIDE; i++) matrix[i * STRIDE + i] = matrix[i * STRIDE + i]! + 1e-9;
      memory.view(factor.pointer, STRIDE * STRIDE).set(matrix);
      expect(() => factor.extend(STRIDE)).not.toThrow();
    }
  });

  it("knows its derivatives", () => {
    const stream = keyedStreams(3, "fidelity").stream("weights");
    const weights = triangle((i, j) => (j <= i ? stream.normal() : Number.NaN));
    /** Half the trace of weights times covariances, as both were whole matrices. */
    const half = (matrix: Float64Array) => {
      let sum = 0;
      for (let i = 0; i < STRIDE; i++)
        for (let j = 0; j <= i; j++) sum += (i === j ? 0.5 : 1) * weights[i * STRIDE + j]! * matrix[i * STRIDE + j]!;
      return sum;
    };
    for (const at of [PRIOR, Float64Array.from([0.1, 0.5, -2])]) {
      const sums = kernel.sums(at, 0.7, made(at, 0.7), weights, STRIDE);
      expect(sums).toHaveLength(3);
      for (const [k, sum] of sums.entries()) {
        const moved = (by: number) => half(made(at.with(k, at[k]! + by), 0.7));
        expect(sum).toBeCloseTo((moved(1e-5) - moved(-1e-5)) / 2e-5, 6);
      }
    }
    expect(lower(made(PRIOR, 1)).every(Number.isFinite)).toBe(true);
  });
});
