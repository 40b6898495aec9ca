/** A function of places in [0, 1] with several values, all to be made small. */
export interface Problem {
  readonly name: string;
  readonly variables: number;
  readonly objectives: number;
  values(places: readonly number[]): readonly number[];
  /** Points spread over the best possible trade-offs. */
  readonly front: readonly (readonly number[])[];
}
