import type { RandomStream } from "../random/stream-source.ts";

/** A random matrix, n x n, symmetric and positive definite. */
export function positiveMatrix(random: RandomStream, n: number): readonly (readonly number[])[] {
  const g = Array.from({ length: n }, () => Array.from({ length: n }, () => random.normal()));
  return g.map((x, i) => g.map((y, j) => x.reduce((sum, v, k) => sum + v * y[k]!, i === j ? 0.1 : 0)));
}
