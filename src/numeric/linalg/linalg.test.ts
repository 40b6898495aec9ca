import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileKernel, KERNELS } from "../../../scripts/build-kernel.mjs";
import { keyedStreams } from "../random/keyed-streams.ts";
import { CholeskyFactor } from "./cholesky-factor.ts";
import { DenseKernel } from "./dense-kernel.ts";
import { KERNEL_WASM } from "./kernel-wasm.ts";
import { NotPositiveDefinite } from "./not-positive-definite.ts";
import { symmetricEigen } from "./symmetric-eigen.testing.ts";

/** A random symmetric positive definite matrix: G G' + ridge I. */
function randomMatrix(n: number, seed: number, ridge = 0.1): number[][] {
  const stream = keyedStreams(seed).stream("matrix");
  const g = Array.from({ length: n }, () => Array.from({ length: n }, () => stream.normal()));
  return g.map((x, i) => g.map((y, j) => x.reduce((sum, v, k) => sum + v * y[k]!, i === j ? ridge : 0)));
}

function naiveCholesky(a: readonly (readonly number[])[]): number[][] {
  const l: number[][] = [];
  for (const [i, row] of a.entries()) {
    l.push([]);
    for (let j = 0; j <= i; j++) {
      let s = row[j]!;
      for (let k = 0; k < j; k++) s -= l[i]![k]! * l[j]![k]!;
      l[i]!.push(i === j ? Math.sqrt(s) : s / l[j]![j]!);
    }
  }
  return l;
}

function fill(factor: CholeskyFactor, a: readonly (readonly number[])[], from: number, to: number): void {
  for (let i = from; i < to; i++) factor.kernel.view(factor.row(i), i + 1).set(a[i]!.slice(0, i + 1));
}

function rowsOf(factor: CholeskyFactor): number[][] {
  return Array.from({ length: factor.size }, (_, i) => [...factor.kernel.view(factor.row(i), i + 1)]);
}

const worst = (a: readonly number[], b: readonly number[]) =>
  a.reduce((most, x, i) => Math.max(most, Math.abs(x - b[i]!)), 0);

describe("the kernel", () => {
  it("is what its source compiles to", async () => {
    expect(await compileKernel(KERNELS.dense)).toContain(KERNEL_WASM);
  });

  it("has exp and log of its own to the last bits", () => {
    const { run } = new DenseKernel();
    for (let x = -690; x < 690; x += 0.37) {
      expect(Math.abs(run.exp(x) / Math.exp(x) - 1)).toBeLessThan(1e-15);
      const y = Math.exp(x);
      expect(Math.abs(run.log(y) - Math.log(y))).toBeLessThanOrEqual(1e-15 * Math.abs(x));
    }
    expect(run.exp(0)).toBe(1);
    expect(run.exp(-1e9)).toBeLessThan(1e-300);
  });

  it("gives its memory out as a stack, even and empty", () => {
    const kernel = new DenseKernel();
    const mark = kernel.mark();
    const first = kernel.alloc(3);
    kernel.view(first, 3).fill(7);
    expect(kernel.alloc(1) - first).toBe(32);
    kernel.release(mark);
    expect([...kernel.view(kernel.alloc(3), 3)]).toEqual([0, 0, 0]);
    const large = kernel.alloc(3_000_000);
    expect(kernel.view(large, 3_000_000).at(-1)).toBe(0);
  });
});

describe("Cholesky", () => {
  it("agrees with the plain form at every size", () => {
    for (const n of [1, 2, 3, 5, 15, 16, 17, 31, 33, 64, 101]) {
      const a = randomMatrix(n, n);
      const factor = new CholeskyFactor(new DenseKernel(), n);
      fill(factor, a, 0, n);
      factor.extend(n);
      const plain = naiveCholesky(a);
      for (const [i, row] of rowsOf(factor).entries()) expect(worst(row, plain[i]!)).toBeLessThan(1e-10 * n);
      const logDeterminant = plain.reduce((sum, row, i) => sum + Math.log(row[i]!), 0);
      expect(factor.logDeterminantHalf()).toBeCloseTo(logDeterminant, 8);
    }
  });

  it("extends row by row or in blocks with the same bits as all at once", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.array(fc.integer({ min: 1, max: 20 })), (n, steps) => {
        const a = randomMatrix(n, 3);
        const whole = new CholeskyFactor(new DenseKernel(), n);
        fill(whole, a, 0, n);
        whole.extend(n);
        const grown = new CholeskyFactor(new DenseKernel(), n);
        for (const step of [...steps, n]) {
          const end = Math.min(n, grown.size + step);
          fill(grown, a, grown.size, end);
          grown.extend(end - grown.size);
        }
        expect(rowsOf(grown)).toEqual(rowsOf(whole));
      }),
      { numRuns: 40 },
    );
  });

  it("fails honestly: names the pivot and keeps what stood", () => {
    const n = 40;
    const a = randomMatrix(n, 1);
    a[25]![25] = -1;
    const factor = new CholeskyFactor(new DenseKernel(), n);
    fill(factor, a, 0, n);
    factor.extend(20);
    expect(() => factor.extend(20)).toThrow(new NotPositiveDefinite(25));
    expect(factor.size).toBe(20);
    a[25]![25] = Number.NaN;
    fill(factor, a, 20, n);
    expect(() => factor.extend(20)).toThrow(NotPositiveDefinite);
  });

  it("solves with many right-hand sides and inverts", () => {
    for (const n of [1, 7, 16, 45, 80]) {
      const a = randomMatrix(n, n + 100, 1);
      const kernel = new DenseKernel();
      const factor = new CholeskyFactor(kernel, n);
      fill(factor, a, 0, n);
      factor.extend(n);
      const stride = DenseKernel.stride(n);
      const b = kernel.alloc(n * stride);
      for (let i = 0; i < n; i++) kernel.view(b + 8 * i * stride, n)[i] = 1;
      factor.solve(b, n, stride);
      const room = kernel.alloc(n * factor.stride);
      const negative = kernel.alloc(n * factor.stride);
      kernel.run.subtractInverse(factor.pointer, n, factor.stride, room, negative);
      for (let i = 0; i < n; i++) {
        const column = [...kernel.view(b + 8 * i * stride, n)];
        const product = a.map((row) => row.reduce((sum, x, k) => sum + x * column[k]!, 0));
        const unit = Array.from({ length: n }, (_, k) => (k === i ? 1 : 0));
        expect(worst(product, unit)).toBeLessThan(1e-9);
        const inverse = kernel.view(negative + 8 * i * factor.stride, i + 1).map((x) => -x);
        expect(worst([...inverse], column)).toBeLessThan(1e-9);
      }
    }
  });
});

describe("symmetricEigen", () => {
  it("rebuilds the matrix from orthogonal vectors", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 15 }), fc.integer({ min: 0, max: 999 }), (n, seed) => {
        const a = randomMatrix(n, seed, 0);
        const { values, vectors } = symmetricEigen(a.flat(), n);
        const size = Math.max(...values.map(Math.abs));
        for (let i = 0; i < n; i++)
          for (let j = 0; j < n; j++) {
            let sum = 0;
            let dot = 0;
            for (let k = 0; k < n; k++) {
              sum += values[k]! * vectors[i * n + k]! * vectors[j * n + k]!;
              dot += vectors[k * n + i]! * vectors[k * n + j]!;
            }
            expect(Math.abs(sum - a[i]![j]!)).toBeLessThan(1e-12 * size * n);
            expect(Math.abs(dot - (i === j ? 1 : 0))).toBeLessThan(1e-13 * n);
          }
        expect([...values]).toEqual([...values].sort((x, y) => x - y));
      }),
      { numRuns: 30 },
    );
  });

  it("knows indefinite and repeated eigenvalues", () => {
    expect([...symmetricEigen([0, 1, 1, 0], 2).values].map((x) => Math.round(x * 1e12) / 1e12)).toEqual([-1, 1]);
    expect([...symmetricEigen([2, 0, 0, 0, 2, 0, 0, 0, 2], 3).values]).toEqual([2, 2, 2]);
    expect([...symmetricEigen([0, 0, 0, 0], 2).values]).toEqual([0, 0]);
  });
});
