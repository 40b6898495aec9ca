/**
 * Solves a square system of equations by elimination with row exchanges; null where the matrix is singular or not all is finite. Neither
 * argument is changed.
 */
export function solveLinear(matrix: readonly ArrayLike<number>[], right: ArrayLike<number>): Float64Array | null {
  const n = right.length;
  const rows = matrix.map((row, i) =>
    Float64Array.from({ length: n + 1 }, (_none, j) => (j < n ? row[j]! : right[i]!)),
  );
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(rows[i]![k]!) > Math.abs(rows[pivot]![k]!)) pivot = i;
    const row = rows[pivot]!;
    rows[pivot] = rows[k]!;
    rows[k] = row;
    if (!(Math.abs(row[k]!) > 0)) return null;
    for (let i = k + 1; i < n; i++) {
      const other = rows[i]!;
      const factor = other[k]! / row[k]!;
      for (let j = k; j <= n; j++) other[j] = other[j]! - factor * row[j]!;
    }
  }
  const solution = new Float64Array(n);
  for (let i = n - 1; i >= 0; i--) {
    const row = rows[i]!;
    let rest = row[n]!;
    for (let j = i + 1; j < n; j++) rest -= row[j]! * solution[j]!;
    solution[i] = rest / row[i]!;
  }
  return solution.every(Number.isFinite) ? solution : null;
}
