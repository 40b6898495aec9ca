import { AttuneError } from "../errors.ts";
import { buildSpace } from "./build-space.ts";
import { constraintsOf } from "./constraints.ts";
import { declaredParameters } from "./declared-parameters.ts";
import { compileDerived } from "./derived-values.ts";
import type { FlatDefinitions } from "./flatten-definitions.ts";
import { didYouMean } from "./nearest-word.ts";
import type { Parameter } from "./parameter.ts";
import { isParameterValue } from "./parameter-value.ts";
import type { Space } from "./space.ts";
import { spaceError } from "./space-error.ts";

/** Parameters and derived values, as `flattenDefinitions` makes them. */
export type SpaceParts = Pick<FlatDefinitions, "parameters" | "derived"> & Partial<Pick<FlatDefinitions, "locate">>;

/** What is to become of a space. */
export interface SpaceEdit {
  /** New definitions of what is there; condition, default, unit and description stay unless given anew. */
  readonly set?: SpaceParts;
  readonly add?: SpaceParts;
  /** Names of parameters or derived values. */
  readonly drop?: readonly string[];
  /** Old names to new ones, by which `set`, `add` and `where` know them. */
  readonly rename?: Readonly<Record<string, string>>;
  /** Constraints to add, and constraints to take away. */
  readonly where?: readonly string[];
  readonly dropWhere?: readonly string[];
}

const NONE: SpaceParts = { parameters: [], derived: [] };

/** The space after an edit. Throws AttuneError "invalid-space" or "invalid-argument" that says what cannot be. */
export function editSpace(space: Space, edit: SpaceEdit): Space {
  const { set = NONE, add = NONE, drop = [], rename = {}, where = [], dropWhere = [] } = edit;
  const before = [...declaredParameters(space), ...(space.derived ?? [])].map(({ name }) => name);
  const names = before.map((name) => (Object.hasOwn(rename, name) ? rename[name]! : name));
  for (const { name } of [...set.parameters, ...set.derived]) requireKnown(name, names, set);
  for (const name of [...drop, ...Object.keys(rename)]) requireKnown(name, before);
  for (const text of dropWhere) requireConstraint(text, space.where);
  for (const { name } of [...add.parameters, ...add.derived]) refuseTaken(name, names, drop, add);
  const kept = space.where.filter((text) => !dropWhere.includes(text));
  refuseUses(space, kept, [...drop, ...Object.keys(rename)], set);
  const replaced = new Map(set.parameters.map((p) => [p.name, p]));
  const newDerived = new Map(set.derived.map((one) => [one.name, one]));
  const parameters = declaredParameters(space)
    .filter(({ name }) => !drop.includes(name) && !newDerived.has(name))
    .map((p) => renamed(p, rename))
    .map((p) => merged(p, replaced.get(p.name)));
  // What followed from others may become searched, and the other way round.
  const searched = set.parameters.filter(({ name }) => parameters.every((p) => p.name !== name));
  if (parameters.length + add.parameters.length === 0 && space.parameters.length > 0)
    throw spaceError("No parameter would be left to tune; add another one, or keep one.");
  const derived = (space.derived ?? [])
    .filter(({ name }) => !drop.includes(name) && !replaced.has(name))
    .map((one) => newDerived.get(one.name) ?? one);
  // First, since other derived values may use what was a parameter.
  const following = set.derived.filter(({ name }) => derived.every((one) => one.name !== name));
  const places = new Map([...(set.locate ?? []), ...(add.locate ?? [])]);
  return buildSpace([...parameters, ...searched, ...add.parameters], {
    derived: [...following, ...derived, ...add.derived],
    where: [...kept, ...where.filter((text) => !kept.includes(text))],
    locate: (name, field) => places.get(name)?.(field) ?? null,
  });
}

function requireKnown(name: string, names: readonly string[], { locate }: Partial<SpaceParts> = {}): void {
  if (names.includes(name)) return;
  const message = `There is no parameter ${JSON.stringify(name)} in the space; there are ${names.join(", ")}.`;
  throw spaceError(message + didYouMean(name, names), locate?.get(name)?.("name") ?? null);
}

function requireConstraint(text: string, where: readonly string[]): void {
  if (where.includes(text)) return;
  const there = where.length === 0 ? "it has none" : `it has ${where.map((one) => JSON.stringify(one)).join(", ")}`;
  throw new AttuneError("invalid-argument", `The space has no constraint ${JSON.stringify(text)}; ${there}.`);
}

function refuseTaken(name: string, names: readonly string[], drop: readonly string[], { locate }: SpaceParts): void {
  if (!names.includes(name) || drop.includes(name)) return;
  const message = `${JSON.stringify(name)} is in the space already; to change it, set it instead of adding it.`;
  throw spaceError(message, locate?.get(name)?.("name") ?? null);
}

/** Constraints, derived values and conditions are not rewritten: what uses a name that goes must go or be set anew. */
function refuseUses(space: Space, kept: readonly string[], gone: readonly string[], set: SpaceParts): void {
  for (const { text, names } of constraintsOf(space)) {
    const name = gone.find((one) => names.has(one));
    if (name === undefined || !kept.includes(text)) continue;
    const advice = "drop the constraint too, and add it again without that name where it is still wanted";
    throw spaceError(`The constraint ${JSON.stringify(text)} uses ${name}; ${advice}.`);
  }
  for (const [i, { names }] of compileDerived(space).entries()) {
    const { name } = space.derived![i]!;
    const used = gone.find((one) => names.has(one));
    if (used === undefined || gone.includes(name) || set.derived.some((one) => one.name === name)) continue;
    throw spaceError(`The derived value ${name} uses ${used}; drop it too, or set it to an expression without it.`);
  }
}

function merged(before: Parameter, after: Parameter | undefined): Parameter {
  if (after === undefined) return before;
  const keepDefault = after.default === undefined && before.default !== undefined;
  return {
    ...after,
    when: after.when.length === 0 ? before.when : after.when,
    ...(keepDefault && isParameterValue(after, before.default!) ? { default: before.default! } : {}),
    ...(after.unit === undefined && before.unit !== undefined ? { unit: before.unit } : {}),
    ...(after.description === undefined && before.description !== undefined ? { description: before.description } : {}),
  };
}

function renamed(p: Parameter, rename: Readonly<Record<string, string>>): Parameter {
  const of = (name: string): string => (Object.hasOwn(rename, name) ? rename[name]! : name);
  const when = p.when.map((list) => list.map((condition) => ({ ...condition, parent: of(condition.parent) })));
  return { ...p, name: of(p.name), when };
}
