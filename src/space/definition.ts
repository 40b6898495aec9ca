import type { SourcePosition } from "../errors.ts";
import type { JsonValue } from "./json.ts";
import type { Parameter } from "./parameter.ts";

declare const VALUE: unique symbol;
declare const OPTIONAL: unique symbol;

type WithoutName<P> = P extends Parameter ? Omit<P, "name"> : never;

/** A parameter that has no name yet. */
export type NamelessParameter = WithoutName<Parameter>;

/** Where a field of a definition was written, for errors. */
export type LocateField = (field: string) => SourcePosition | null;

/** What a builder like `float(0, 1)` makes; `T` is the type of its values, `Optional` true when it has a condition. */
export interface ParameterDefinition<T = JsonValue, Optional extends boolean = boolean> {
  readonly kind: "parameter";
  readonly parameter: NamelessParameter;
  readonly locate?: LocateField;
  readonly [VALUE]?: T;
  readonly [OPTIONAL]?: Optional;
}

/** What `oneOf({...})` makes: a choice between branches, each with parameters of its own. */
export interface OneOfDefinition<B extends Branches = Branches, Optional extends boolean = boolean> {
  readonly kind: "oneOf";
  readonly branches: B;
  /** The choice itself, its choices being the names of the branches. */
  readonly parameter: NamelessParameter;
  readonly locate?: LocateField;
  readonly [OPTIONAL]?: Optional;
}

/** What `derived("epochs * 50")` makes: a value that follows from the parameters. */
export interface DerivedDefinition<T = JsonValue> {
  readonly kind: "derived";
  readonly expression: string;
  readonly unit?: string;
  readonly description?: string;
  readonly locate?: LocateField;
  readonly [VALUE]?: T;
}

/** What `repeat("layers", {...})` makes: a group of parameters for each of as many things as another parameter says. */
export interface RepeatDefinition<R extends SpaceRecord = SpaceRecord> {
  readonly kind: "repeat";
  /** Name of the parameter that tells how many. */
  readonly count: string;
  readonly record: R;
  readonly locate?: LocateField;
}

export type Definition = ParameterDefinition | OneOfDefinition | DerivedDefinition | RepeatDefinition;

/** Parameters by name. */
export interface SpaceRecord {
  readonly [name: string]: Definition;
}

/** Parameters by branch and name. */
export interface Branches {
  readonly [branch: string]: SpaceRecord;
}
