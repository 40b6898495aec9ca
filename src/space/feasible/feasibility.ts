import type { SourcePosition } from "../../errors.ts";
import { constraintSource } from "../expression/opaque-predicate.ts";
import type { Space } from "../space.ts";
import { spaceError } from "../space-error.ts";
import { type Component, componentsOf } from "./component.ts";
import { ComponentSampler } from "./component-sampler.ts";

const samplers = new WeakMap<Space, readonly ComponentSampler[]>();

/** One sampler for each group of parameters tied by constraints, made once for a space. */
export function componentSamplers(space: Space): readonly ComponentSampler[] {
  const known = samplers.get(space);
  if (known !== undefined) return known;
  const made = componentsOf(space).map((component) => new ComponentSampler(component));
  samplers.set(space, made);
  return made;
}

/**
 * Estimate of the share of the space without constraints that satisfies them, in [0, 1]; small shares are found too, because only
 * the part that may be feasible is drawn from. Floats that equations settle are not counted.
 */
export function feasibleShare(space: Space, draws = 2000): number {
  if (space.where.length === 0) return 1;
  return componentSamplers(space).reduce((share, sampler) => share * sampler.feasibleShare(draws), 1);
}

/** The first constraint with which no point is found any more, and whether it does so alone. */
function culprit({ parameters, constraints }: Component): { readonly index: number; readonly alone: boolean } {
  for (let count = 1; count < constraints.length; count++) {
    const sampler = new ComponentSampler({ parameters, constraints: constraints.slice(0, count) });
    if (!sampler.feasible) return { index: count - 1, alone: count === 1 };
  }
  const last = constraints.length - 1;
  const alone = !new ComponentSampler({ parameters, constraints: [constraints[last]!] }).feasible;
  return { index: last, alone };
}

/**
 * Throws AttuneError "invalid-space" that names the constraint to blame when no configuration (or hardly any: none was found in
 * a search of 30,000 points of what may be feasible) satisfies the space's constraints.
 */
export function requireFeasible(space: Space, locate: (index: number) => SourcePosition | null = () => null): void {
  if (space.where.length === 0) return;
  const components = componentsOf(space);
  for (const [i, sampler] of componentSamplers(space).entries()) {
    if (sampler.feasible) continue;
    const component = components[i]!;
    const { index, alone } = culprit(component);
    const { text } = component.constraints[index]!;
    const others = component.constraints.slice(0, index).map((other) => shown(other.text));
    const with_ = alone || others.length === 0 ? "" : ` together with ${others.join(", ")}`;
    const how = sampler.regionShare === 0 ? "no configuration is left" : "no configuration was found in a long search";
    throw spaceError(
      `With the constraint ${shown(text)}${with_} ${how}; widen the parameters or drop it.`,
      locate(space.where.indexOf(text)),
    );
  }
}

function shown(text: string): string {
  return JSON.stringify(constraintSource(text));
}
