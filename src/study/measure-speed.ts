import { CholeskyFactor } from "../numeric/linalg/cholesky-factor.ts";
import { DenseKernel } from "../numeric/linalg/dense-kernel.ts";

const SIZE = 128;
const MULTIPLY_ADDS = (SIZE * SIZE * SIZE) / 6;
/** Factorisations between two looks at the clock: browsers round it to a tenth of a millisecond. */
const BATCH = 8;
const SECONDS = 0.01;
const LEAST_BATCHES = 5;

/**
 * Multiply-adds a second that this machine makes in the dense kernel, by factorising one matrix for some hundredths of a second.
 * The fastest batch counts: others were interrupted.
 *
 * @param clock - answers seconds since some moment.
 */
export function measureSpeed(clock: () => number = () => performance.now() / 1000): number {
  const kernel = new DenseKernel();
  const factor = new CholeskyFactor(kernel, SIZE);
  const matrix = positiveDefinite(factor.stride);
  let least = Number.POSITIVE_INFINITY;
  let spent = 0;
  for (let batch = 0; batch < LEAST_BATCHES || spent < SECONDS; batch++) {
    const begun = clock();
    for (let k = 0; k < BATCH; k++) {
      factor.truncate(0);
      kernel.view(factor.pointer, matrix.length).set(matrix);
      factor.extend(SIZE);
    }
    const seconds = Math.max(clock() - begun, 1e-6);
    spent += seconds;
    least = Math.min(least, seconds);
  }
  return (BATCH * MULTIPLY_ADDS) / least;
}

/** The diagonal outweighs the rest of its row. */
function positiveDefinite(stride: number): Float64Array {
  const matrix = new Float64Array(SIZE * stride);
  for (let i = 0; i < SIZE; i++) for (let j = 0; j <= i; j++) matrix[i * stride + j] = i === j ? 8 : 1 / (1 + i - j);
  return matrix;
}
