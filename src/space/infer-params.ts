import type {
  DerivedDefinition,
  OneOfDefinition,
  ParameterDefinition,
  RepeatDefinition,
  SpaceRecord,
} from "./definition.ts";

type Flat<T> = T extends unknown ? { readonly [K in keyof T]: T[K] } : never;

type ValueOf<D> =
  D extends ParameterDefinition<infer T, boolean> ? T : D extends DerivedDefinition<infer T> ? T : never;

type PlainKeys<S> = { [K in keyof S]: S[K] extends ParameterDefinition<unknown, false> ? K : never }[keyof S];

type OptionalKeys<S> = {
  [K in keyof S]: S[K] extends OneOfDefinition | RepeatDefinition
    ? never
    : S[K] extends ParameterDefinition<unknown, false>
      ? never
      : K;
}[keyof S];

type OneOfKeys<S> = { [K in keyof S]: S[K] extends OneOfDefinition ? K : never }[keyof S];

type BranchUnion<Key extends PropertyKey, B> = {
  [Name in keyof B]: { readonly [K in Key]: Name } & InferRecord<B[Name]>;
}[keyof B];

type OneOfUnion<Key extends PropertyKey, D> =
  D extends OneOfDefinition<infer B, infer Optional>
    ? Optional extends false
      ? BranchUnion<Key, B>
      : BranchUnion<Key, B> | { readonly [K in Key]?: undefined }
    : never;

// One function per oneOf, so that the unions are intersected and not their members.
type Intersect<U> = (U extends unknown ? U : never) extends (union: infer I) => void ? I : never;

type OneOfs<S> = [OneOfKeys<S>] extends [never]
  ? unknown
  : Intersect<{ [K in OneOfKeys<S>]: (union: OneOfUnion<K & PropertyKey, S[K]>) => void }[OneOfKeys<S>]>;

/** Every name within a group and the type of its values, branches included. */
type Within<R> = {
  readonly [K in keyof R as R[K] extends RepeatDefinition ? never : K]: R[K] extends OneOfDefinition<infer B, boolean>
    ? keyof B
    : ValueOf<R[K]>;
} & UnionToIntersection<
  { [K in keyof R]: R[K] extends OneOfDefinition<infer B, boolean> ? Within<B[keyof B]> : never }[keyof R]
>;

type UnionToIntersection<U> = [U] extends [never]
  ? unknown
  : (U extends unknown ? (item: U) => void : never) extends (item: infer I) => void
    ? I
    : never;

type RepeatKeys<S> = { [K in keyof S]: S[K] extends RepeatDefinition ? K : never }[keyof S];

type Numbered<Key extends PropertyKey, W> = {
  readonly [P in keyof W as `${Key & string}.${number}.${P & string}`]: W[P] | undefined;
};

type Repeats<S> = UnionToIntersection<
  {
    [K in RepeatKeys<S>]: S[K] extends RepeatDefinition<infer R> ? Numbered<K & PropertyKey, Within<R>> : never;
  }[RepeatKeys<S>]
>;

type InferRecord<S> = { readonly [K in PlainKeys<S>]: ValueOf<S[K]> } & {
  readonly [K in OptionalKeys<S>]?: ValueOf<S[K]>;
} & OneOfs<S> &
  Repeats<S>;

/**
 * The type of a configuration of a space: flat, a union discriminated by the name of each `oneOf`, parameters with a
 * condition of their own and derived values optional. Repeated groups are `layer.${number}.units`.
 *
 * @example
 * type P = InferParams<{ model: OneOfDefinition<{ mlp: { layers: ParameterDefinition<number, false> }; linear: {} }, false> }>;
 * // { model: "mlp"; layers: number } | { model: "linear" }
 */
export type InferParams<S extends SpaceRecord> = Flat<InferRecord<S>>;
