import { gaussians, uniforms } from "./legacy-random.ts";
import { type Matrix, sum, type Vector } from "./transforms.ts";

/** The optimum x_opt of an instance, each coordinate in [-4, 4]. */
export function optimumOf(seed: number, dimension: number): Vector {
  return uniforms(dimension, seed).map((u) => (8 * Math.floor(1e4 * u)) / 1e4 - 4 || -1e-5);
}

/** The value at the optimum of an instance: a rounded Cauchy number within ±1000. */
export function optimalValue(seed: number): number {
  const ratio = gaussians(1, seed)[0]! / gaussians(1, seed + 1)[0]!;
  return Math.min(1000, Math.max(-1000, Math.round(100 * 100 * ratio) / 100));
}

/** A random rotation: normal numbers, columns made orthonormal by Gram and Schmidt. */
export function rotationOf(seed: number, dimension: number): Matrix {
  const numbers = gaussians(dimension * dimension, seed);
  const columns = Array.from({ length: dimension }, (_, j) => numbers.slice(j * dimension, (j + 1) * dimension));
  for (const [i, column] of columns.entries()) {
    for (const earlier of columns.slice(0, i)) {
      const product = sum(column.map((value, k) => value * earlier[k]!));
      for (let k = 0; k < dimension; k++) column[k]! -= product * earlier[k]!;
    }
    const length = Math.sqrt(sum(column.map((value) => value * value)));
    for (let k = 0; k < dimension; k++) column[k]! /= length;
  }
  return Array.from({ length: dimension }, (_, i) => Float64Array.from(columns, (column) => column[i]!));
}
