/** Configurations of some of a grid's parameters, by index. Digits stand at the parameters' places in the space; -1: inactive. */
export interface CellTree {
  readonly size: bigint;
  /** Puts the digits of the cell at `index` where its parameters stand; inactive ones stay as they are. */
  write(index: bigint, digits: number[]): void;
  /** The index of the cell with these digits, or null when there is none. */
  read(digits: readonly number[]): bigint | null;
}
