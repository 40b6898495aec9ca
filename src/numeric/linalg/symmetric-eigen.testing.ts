/** Eigenvalues in rising order; `vectors[i * n + k]` is component i of the k-th eigenvector (unit length). */
export interface Eigen {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

/**
 * Eigen-decomposition of a symmetric matrix (row-major, n by n; the lower triangle is read) by cyclic Jacobi rotations
 * (Golub and Van Loan, 8.5). Small eigenvalues keep their relative accuracy when the matrix is well scaled.
 */
export function symmetricEigen(matrix: ArrayLike<number>, n: number): Eigen {
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) a[i * n + j] = a[j * n + i] = matrix[i * n + j]!;
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  for (let sweep = 0; sweep < 40 && rotateAll(a, v, n) > 0; sweep++);
  return sorted(a, v, n);
}

/** One sweep over all pairs; returns how many were rotated. */
function rotateAll(a: Float64Array, v: Float64Array, n: number): number {
  let rotated = 0;
  for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotated += rotate(a, v, n, p, q);
  return rotated;
}

function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): number {
  const off = a[p * n + q]!;
  const app = a[p * n + p]!;
  const aqq = a[q * n + q]!;
  if (Math.abs(off) <= 1e-17 * Math.sqrt(Math.abs(app * aqq)) || Math.abs(off) < 1e-300) return 0;
  const theta = (aqq - app) / (2 * off);
  const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < n; k++) {
    const x = a[k * n + p]!;
    const y = a[k * n + q]!;
    a[k * n + p] = c * x - s * y;
    a[k * n + q] = s * x + c * y;
  }
  for (let k = 0; k < n; k++) {
    const x = a[p * n + k]!;
    const y = a[q * n + k]!;
    a[p * n + k] = c * x - s * y;
    a[q * n + k] = s * x + c * y;
    const vx = v[k * n + p]!;
    const vy = v[k * n + q]!;
    v[k * n + p] = c * vx - s * vy;
    v[k * n + q] = s * vx + c * vy;
  }
  a[p * n + q] = a[q * n + p] = 0;
  a[p * n + p] = app - t * off;
  a[q * n + q] = aqq + t * off;
  return 1;
}

function sorted(a: Float64Array, v: Float64Array, n: number): Eigen {
  const order = Array.from({ length: n }, (_, k) => k).sort((x, y) => a[x * n + x]! - a[y * n + y]!);
  const values = Float64Array.from(order, (k) => a[k * n + k]!);
  const vectors = new Float64Array(n * n);
  for (const [column, k] of order.entries()) {
    for (let i = 0; i < n; i++) vectors[i * n + column] = v[i * n + k]!;
  }
  return { values, vectors };
}
