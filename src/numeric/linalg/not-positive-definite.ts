/** A matrix that has no Cholesky factor: the pivot of that row is not a positive number. */
export class NotPositiveDefinite extends Error {
  readonly pivot: number;

  constructor(pivot: number) {
    super(`the matrix is not positive definite: pivot ${pivot} is not a positive number`);
    this.name = "NotPositiveDefinite";
    this.pivot = pivot;
  }
}
