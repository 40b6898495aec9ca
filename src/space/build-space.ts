import type { SourcePosition } from "../errors.ts";
import { checkNewSpace } from "./check-new-space.ts";
import { parameterProblem } from "./check-parameter.ts";
import { normalizeWhen } from "./conditions.ts";
import { constraintsOf } from "./constraints.ts";
import { compileDerived } from "./derived-values.ts";
import { namesIn } from "./expression/expression.ts";
import { opaquePredicate } from "./expression/opaque-predicate.ts";
import { parseExpression } from "./expression/parse-expression.ts";
import { requireFeasible } from "./feasible/feasibility.ts";
import { didYouMean } from "./nearest-word.ts";
import type { FidelityParameter, Parameter } from "./parameter.ts";
import { parameterNameProblem } from "./parameter-name.ts";
import { describeValues, isParameterValue } from "./parameter-value.ts";
import type { DerivedValue, Space } from "./space.ts";
import { spaceError } from "./space-error.ts";

export interface BuildSpaceOptions {
  readonly where?: readonly string[];
  readonly derived?: readonly DerivedValue[];
  /** Where in the user's text a parameter's field (or the whole parameter) was written. */
  readonly locate?: (name: string, field: string) => SourcePosition | null;
  /** Where a constraint was written, by its place in `where`. */
  readonly locateWhere?: (index: number) => SourcePosition | null;
  /** False: the space was checked before (it comes out of a study), so that the search for a feasible point is spared. */
  readonly checkFeasible?: boolean;
}

type Locate = NonNullable<BuildSpaceOptions["locate"]>;

type Named = ReadonlyMap<string, Parameter>;

function checkParents(p: Parameter, byName: Named, derived: readonly DerivedValue[], locate: Locate): void {
  const name = JSON.stringify(p.name);
  for (const { parent, in: values } of p.when.flat()) {
    const above = byName.get(parent);
    if (above === undefined) {
      if (derived.some((one) => one.name === parent)) {
        const advice = "a condition needs a parameter, so name the one that the value follows from";
        throw spaceError(
          `Parameter ${name} depends on the derived value ${JSON.stringify(parent)}; ${advice}.`,
          locate(p.name, "when"),
        );
      }
      const known = [...byName.keys()].filter((other) => other !== p.name);
      const hint = didYouMean(parent, known) || ` Parameters are: ${known.join(", ") || "none other"}.`;
      throw spaceError(
        `Parameter ${name} depends on ${JSON.stringify(parent)}, which does not exist.${hint}`,
        locate(p.name, "when"),
      );
    }
    if (above.type === "float" && above.step === null) {
      const advice = "a condition needs a parent with single values: an int, a float with a step, or a choice";
      throw spaceError(
        `Parameter ${name} depends on the float ${JSON.stringify(parent)}; ${advice}.`,
        locate(p.name, "when"),
      );
    }
    if (values.length === 0) {
      const advice = "so that it can never be active; give at least one value, common to all conditions on it";
      throw spaceError(
        `Parameter ${name} depends on no value of ${JSON.stringify(parent)}, ${advice}.`,
        locate(p.name, "when"),
      );
    }
    for (const value of values) {
      if (isParameterValue(above, value)) continue;
      const given = typeof value === "string" ? value : JSON.stringify(value);
      const words = above.type === "categorical" ? above.choices : above.type === "ordinal" ? above.values : [];
      const hint = didYouMean(given, words.map(String));
      const allowed = describeValues(above);
      throw spaceError(
        `Parameter ${name} depends on ${JSON.stringify(parent)} being ${JSON.stringify(value)}; allowed: ${allowed}.${hint}`,
        locate(p.name, "when"),
      );
    }
  }
}

/** Parents before children, otherwise in the order given. */
function sortByParents(parameters: readonly Parameter[], byName: ReadonlyMap<string, Parameter>, locate: Locate) {
  const sorted: Parameter[] = [];
  const done = new Set<string>();
  const visit = (p: Parameter, path: readonly string[]): void => {
    if (done.has(p.name)) return;
    if (path.includes(p.name)) {
      const cycle = [...path.slice(path.indexOf(p.name)), p.name].join(" -> ");
      throw spaceError(`Conditions go in a circle: ${cycle}. Take one of them out.`, locate(p.name, "when"));
    }
    for (const { parent } of p.when.flat()) visit(byName.get(parent)!, [...path, p.name]);
    done.add(p.name);
    sorted.push(p);
  };
  for (const p of parameters) visit(p, []);
  return sorted;
}

function checkDerivedNames(derived: readonly DerivedValue[], taken: Set<string>, locate: Locate): void {
  for (const { name } of derived) {
    const problem = parameterNameProblem(name);
    if (problem !== null) throw spaceError(problem, locate(name, "name"));
    if (taken.has(name)) throw spaceError(takenText(name, derived), locate(name, "name"));
    taken.add(name);
  }
}

function takenText(name: string, derived: readonly DerivedValue[]): string {
  const [first, second] = derived
    .filter((one) => one.name === name)
    .map(({ expression }) => `":= ${expression.trim()}"`);
  if (second !== undefined)
    return `${JSON.stringify(name)} is derived twice, ${first} and ${second}; keep one of them.`;
  const advice = "a value is either searched or follows from others; keep one of the two, or rename one";
  return `${JSON.stringify(name)} is a parameter and a derived value (${first}) at once; ${advice}.`;
}

/** Takes the fidelity out of what is searched. */
function takeFidelity(byName: Map<string, Parameter>, locate: Locate): FidelityParameter | undefined {
  const [fidelity, second] = [...byName.values()].filter(isFidelity);
  if (second !== undefined) {
    const names = `${fidelity!.name} and ${second.name}`;
    throw spaceError(
      `Both ${names} are the fidelity, and a study has one; take the word from one of them.`,
      locate(second.name, "fidelity"),
    );
  }
  if (fidelity !== undefined) byName.delete(fidelity.name);
  return fidelity;
}

function isFidelity(p: Parameter): p is FidelityParameter {
  return (p.type === "float" || p.type === "int") && p.fidelity === true;
}

/** Configurations are the same at every fidelity: neither a condition nor a constraint may look at it. */
function refuseFidelityUsed(
  { name }: FidelityParameter,
  searched: Named,
  { where = [], locate, locateWhere }: BuildSpaceOptions,
): void {
  const why = "which is another one in each run of a configuration";
  for (const p of searched.values()) {
    if (p.when.flat().every(({ parent }) => parent !== name)) continue;
    const advice = "let the condition name a parameter that is searched";
    const message = `Parameter ${JSON.stringify(p.name)} depends on the fidelity ${JSON.stringify(name)}, ${why}; ${advice}.`;
    throw spaceError(message, locate?.(p.name, "when") ?? null);
  }
  for (const [index, text] of where.entries()) {
    if (opaquePredicate(text) !== null) continue;
    const position = locateWhere?.(index) ?? null;
    if (!namesIn(parseExpression({ text, subject: "The constraint", position })).has(name)) continue;
    const advice = "compare parameters that are searched, or narrow its range";
    throw spaceError(`The constraint ${JSON.stringify(text)} names the fidelity ${name}, ${why}; ${advice}.`, position);
  }
}

/**
 * Checks parameters and makes a space of them, parents first. Throws AttuneError "invalid-space" that says what is wrong,
 * what is allowed and, with `locate`, where.
 */
export function buildSpace(parameters: readonly Parameter[], options: BuildSpaceOptions = {}): Space {
  const locate = options.locate ?? (() => null);
  const byName = new Map<string, Parameter>();
  for (const p of parameters) {
    const problem = parameterProblem(p);
    if (problem !== null) throw spaceError(problem.message, locate(p.name, problem.field));
    if (byName.has(p.name)) {
      throw spaceError(
        `Parameter ${JSON.stringify(p.name)} is declared twice; names are unique.`,
        locate(p.name, "name"),
      );
    }
    byName.set(p.name, { ...p, when: normalizeWhen(p.when) });
  }
  const derived = options.derived ?? [];
  const fidelity = takeFidelity(byName, locate);
  if (fidelity !== undefined) refuseFidelityUsed(fidelity, byName, options);
  for (const p of byName.values()) checkParents(p, byName, derived, locate);
  checkDerivedNames(derived, new Set(parameters.map(({ name }) => name)), locate);
  const space: Space = {
    parameters: sortByParents([...byName.values()], byName, locate),
    where: [...(options.where ?? [])],
    ...(derived.length === 0 ? {} : { derived }),
    ...(fidelity === undefined ? {} : { fidelity }),
  };
  compileDerived(space, (name) => locate(name, "expression"));
  constraintsOf(space, options.locateWhere);
  if (options.checkFeasible !== false) {
    checkNewSpace(space, locate, options.locateWhere);
    requireFeasible(space, options.locateWhere);
  }
  return space;
}
