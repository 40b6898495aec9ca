import { ln } from "../special/ln.ts";
import { DenseKernel } from "./dense-kernel.ts";
import { NotPositiveDefinite } from "./not-positive-definite.ts";

/**
 * A symmetric positive definite matrix, n by n, by its lower Cholesky factor (Golub and Van Loan, "Matrix Computations", 4.2), row by row so that
 * rows can be added later; kept in a kernel's memory with room for more.
 */
export class CholeskyFactor {
  readonly kernel: DenseKernel;
  /** Byte pointer of the factor, row-major with leading dimension `stride`. */
  readonly pointer: number;
  readonly stride: number;
  #size = 0;

  /** Room for up to `capacity` rows, none there yet. */
  constructor(kernel: DenseKernel, capacity: number) {
    this.kernel = kernel;
    this.stride = DenseKernel.stride(capacity);
    this.pointer = kernel.alloc(capacity * this.stride);
  }

  get size(): number {
    return this.#size;
  }

  /** Byte pointer of row i; rows beyond `size` are filled in by the caller (columns up to i) before `extend`. */
  row(i: number): number {
    return this.pointer + 8 * i * this.stride;
  }

  /**
   * Factors the rows from `size` up to `size + rows`, whose entries stand in place; the same bits as factoring all rows at once.
   * Throws NotPositiveDefinite and keeps the rows that stood before.
   */
  extend(rows: number): void {
    const end = this.#size + rows;
    const pivot = this.kernel.run.cholesky(this.pointer, this.#size, end, this.stride);
    if (pivot >= 0) throw new NotPositiveDefinite(pivot);
    this.#size = end;
  }

  /** Forgets the rows from `size` on. */
  truncate(size: number): void {
    this.#size = Math.min(size, this.#size);
  }

  /** Half the logarithm of the determinant of the matrix. */
  logDeterminantHalf(): number {
    let sum = 0;
    for (let i = 0; i < this.#size; i++) sum += ln(this.kernel.view(this.row(i) + 8 * i, 1)[0]!);
    return sum;
  }

  /** L v = b in place for `count` right-hand sides, one a row at `pointer` with leading dimension `stride`. */
  solveLower(pointer: number, count: number, stride: number): void {
    this.kernel.run.solveLower(this.pointer, this.#size, this.stride, pointer, count, stride);
  }

  /** L' v = b in place. */
  solveUpper(pointer: number, count: number, stride: number): void {
    this.kernel.run.solveUpper(this.pointer, this.#size, this.stride, pointer, count, stride);
  }

  /** L L' x = b in place. */
  solve(pointer: number, count: number, stride: number): void {
    this.solveLower(pointer, count, stride);
    this.solveUpper(pointer, count, stride);
  }
}
