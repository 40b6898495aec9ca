/**
 * The value of the one objective, or values by name: of the study's objectives `M`, and of whatever else was measured. `N` is never where
 * a number alone says nothing, in a study with several.
 */
export type Measured<M extends string = string, N extends number = number> =
  | N
  | (Readonly<Record<M, number>> & Readonly<Record<string, number>>);

/** The type of a number alone that is a study's result: never for several names. */
export type NumberAlone<M extends string, All = M> = [M] extends [never]
  ? number
  : (M extends unknown ? ([All] extends [M] ? true : false) : never) extends true
    ? number
    : never;

/**
 * What can be reported at a step: the value of the one objective, or values by name, of one of the study's objectives `M` at least (a name that
 * is none of these alone is a slip), and of whatever else was measured.
 */
export type Reported<M extends string = string, N extends number = number> =
  | N
  | ({ readonly [K in M]: Readonly<Record<K, number>> }[M] & Readonly<Record<string, number>>);
