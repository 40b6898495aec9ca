// The building blocks of the functions (section 0.2 of the report); `i / (d - 1)` runs from 0 to 1 over the coordinates.

export type Vector = Float64Array;
export type Matrix = readonly Vector[];

export const sum = (x: Iterable<number>) => {
  let total = 0;
  for (const value of x) total += value;
  return total;
};

export const square = (x: number) => x * x;

export const minus = (x: Vector, y: Vector) => x.map((value, i) => value - y[i]!);

export const multiply = (matrix: Matrix, x: Vector) =>
  Float64Array.from(matrix, (row) => sum(row.map((m, j) => m * x[j]!)));

/** Place of a coordinate between 0 and 1. */
export const share = (i: number, x: Vector) => i / (x.length - 1);

/** Multiplication by the diagonal matrix Λ^α. */
export const stretch = (alpha: number, x: Vector) => x.map((value, i) => alpha ** (0.5 * share(i, x)) * value);

export function oscillateOne(x: number): number {
  if (x === 0) return 0;
  const log = Math.log(Math.abs(x)) / 0.1;
  const [a, b] = x > 0 ? [1, 0.79] : [0.55, 0.31];
  return Math.sign(x) * Math.exp(log + 0.49 * (Math.sin(a * log) + Math.sin(b * log))) ** 0.1;
}

/** T_osz. */
export const oscillate = (x: Vector) => x.map(oscillateOne);

/** T_asy of strength β. */
export const skew = (beta: number, x: Vector) =>
  x.map((value, i) => (value > 0 ? value ** (1 + beta * share(i, x) * Math.sqrt(value)) : value));

/** f_pen: squared distance from [-5, 5]^d. */
export const penalty = (x: Vector) => sum(x.map((value) => square(Math.max(0, Math.abs(value) - 5))));

/** Σ 10 (1 - cos 2πz). */
export const rastriginWaves = (z: Vector) => 10 * (z.length - sum(z.map((value) => Math.cos(2 * Math.PI * value))));
