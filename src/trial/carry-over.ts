import { activeParameters, constraintsOf, isParameterValue, type Space } from "../space/index.ts";
import type { JsonValue, Params } from "../space/json.ts";

/** What trials of earlier versions of a space count as in a new one. */
export interface CarryOver {
  /** By name: the value of a parameter that a trial lacks. */
  readonly was: Params;
  /** Old names of parameters to their new ones. */
  readonly renamed: Readonly<Record<string, string>>;
}

/** A version of the space, with what the change to it said about the trials before. */
export interface SpaceVersion {
  readonly version: number;
  readonly revision: number;
  readonly value: JsonValue;
  /** Left out when the change said nothing. */
  readonly carry?: CarryOver;
}

/**
 * A trial's parameters with what the changes of the space since say about them: renamed ones under their new names, missing
 * ones with the value they count as. Nothing is taken away. `since` is the version the trial was made under.
 */
export function carryOver(params: Params, since: number, versions: readonly SpaceVersion[]): Params {
  let carried = params;
  for (let i = since; i < versions.length; i++) {
    const carry = versions[i]!.carry;
    if (carry !== undefined) carried = { ...carry.was, ...rename(carried, carry.renamed) };
  }
  return carried;
}

function rename(params: Params, renamed: CarryOver["renamed"]): Params {
  const names = Object.keys(renamed);
  if (names.length === 0) return params;
  const kept = Object.entries(params).filter(([name]) => !Object.hasOwn(renamed, name));
  const moved = names.flatMap((name) =>
    Object.hasOwn(params, name) ? [[renamed[name]!, params[name]!] as const] : [],
  );
  return Object.fromEntries([...kept, ...moved]);
}

/**
 * The values that a space has a use for: those of its parameters that are active with them, and those of the parameters that the
 * trial's program asked for (`asked`), which no space declares.
 */
export function paramsInSpace(space: Space, params: Params, asked: readonly { readonly name: string }[] = []): Params {
  const inSpace: Record<string, JsonValue> = {};
  const declared = asked.length === 0 ? null : new Set(space.parameters.map(({ name }) => name));
  for (const { name } of asked)
    if (declared?.has(name) === false && Object.hasOwn(params, name)) inSpace[name] = params[name]!;
  for (const { name } of activeParameters(space, params))
    if (Object.hasOwn(params, name)) inSpace[name] = params[name]!;
  return inSpace;
}

/**
 * False when a value is not allowed in the space or a constraint is broken; missing values do not matter, and neither do
 * constraints written as functions, which not every process can check.
 */
export function liesWithin(space: Space, params: Params): boolean {
  const allowed = space.parameters.every((p) => !Object.hasOwn(params, p.name) || isParameterValue(p, params[p.name]!));
  if (!allowed || space.where.length === 0) return allowed;
  return constraintsOf(space).every(({ expression, evaluate }) => {
    return expression.kind === "opaque" || evaluate(params) !== false;
  });
}
