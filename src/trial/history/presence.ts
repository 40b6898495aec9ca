import { finiteValues, isParameterValue, type JsonValue, jsonEqual, type Parameter } from "../../space/index.ts";
import type { Params } from "../../space/json.ts";
import type { Condition } from "../../space/parameter.ts";

/** A parent with more values than this explains nothing: each value would be seen once. */
const MOST_VALUES = 64;

/** A value of a parent, and the revisions from which it was seen with and without the child. */
interface Sighting {
  readonly value: JsonValue;
  with: number;
  without: number;
}

/** What ended trials say about one parameter (the child) and another (the parent). */
interface Pair {
  readonly sightings: Map<string, Sighting>;
  /** Revision from which the parent cannot explain the child: the child was there without it, or it has too many values. */
  refuted: number;
}

/**
 * When a parameter is asked for, learnt from the trials that ended: always, or only with some values of another.
 * Everything is kept with the revision at which it became known, so that it can be told as of any revision.
 */
export class Presence {
  /** Revision of the first ended trial without the parameter. */
  readonly #missing = new Map<string, number>();
  readonly #pairs = new Map<string, Map<string, Pair>>();

  /** Takes an ended trial; `children` are looked at, each beside all `parents`. `whole`: it came to its own end. */
  add(revision: number, params: Params, children: readonly string[], parents: readonly string[], whole: boolean): void {
    for (const child of children) {
      const there = Object.hasOwn(params, child);
      // A trial that failed may have ended before it asked.
      if (!there && !whole) continue;
      if (!there) lower(this.#missing, child, revision);
      for (const parent of parents) {
        if (parent !== child) see(this.#pair(child, parent), revision, params, parent, there);
      }
    }
  }

  /** True when no trial ended without the parameter by that revision. */
  isConstant(child: string, revision: number): boolean {
    return (this.#missing.get(child) ?? Number.POSITIVE_INFINITY) > revision;
  }

  /** The condition that tells best when the parameter is asked for, or null when none fits all ended trials. */
  condition(child: string, parents: readonly Parameter[], revision: number): Condition | null {
    let best: { readonly condition: Condition; readonly seen: number } | null = null;
    for (const parent of parents) {
      const pair = this.#pairs.get(child)?.get(parent.name);
      const found =
        pair === undefined || finiteValues(parent, MOST_VALUES) === null ? null : explain(pair, parent, revision);
      if (found !== null && (best === null || found.seen <= best.seen)) best = found;
    }
    return best?.condition ?? null;
  }

  #pair(child: string, parent: string): Pair {
    const parents = this.#pairs.get(child) ?? new Map<string, Pair>();
    this.#pairs.set(child, parents);
    const pair = parents.get(parent) ?? { sightings: new Map(), refuted: Number.POSITIVE_INFINITY };
    parents.set(parent, pair);
    return pair;
  }
}

function lower(revisions: Map<string, number>, name: string, revision: number): void {
  revisions.set(name, Math.min(revision, revisions.get(name) ?? Number.POSITIVE_INFINITY));
}

function see(pair: Pair, revision: number, params: Params, parent: string, there: boolean): void {
  const value = Object.hasOwn(params, parent) ? params[parent]! : undefined;
  if (value === undefined) {
    if (there) pair.refuted = Math.min(pair.refuted, revision);
    return;
  }
  const key = JSON.stringify(value);
  const sighting = pair.sightings.get(key) ?? {
    value,
    with: Number.POSITIVE_INFINITY,
    without: Number.POSITIVE_INFINITY,
  };
  if (there) sighting.with = Math.min(sighting.with, revision);
  else sighting.without = Math.min(sighting.without, revision);
  if (pair.sightings.size <= MOST_VALUES) pair.sightings.set(key, sighting);
  if (pair.sightings.size > MOST_VALUES) pair.refuted = Math.min(pair.refuted, revision);
}

function explain(pair: Pair, parent: Parameter, revision: number) {
  if (pair.refuted <= revision) return null;
  const sightings = [...pair.sightings.values()];
  const withIt = sightings.filter((sighting) => sighting.with <= revision).map(({ value }) => value);
  const without = sightings.filter((sighting) => sighting.without <= revision).map(({ value }) => value);
  // Always there together: what explains the one explains the other, whatever values they have.
  if (withIt.length === 0 || without.length === 0) return null;
  if (withIt.some((value) => without.some((other) => jsonEqual(value, other)))) return null;
  const values = parent.type === "int" ? upToBorder(parent, withIt, without) : withIt;
  const allowed = values.filter((value) => isParameterValue(parent, value));
  if (allowed.length === 0) return null;
  return { condition: { parent: parent.name, in: allowed }, seen: withIt.length + without.length };
}

/** A count that divides at one place (the third layer from 3 layers on) does so for values not seen yet, too. */
function upToBorder(
  parent: Parameter,
  withIt: readonly JsonValue[],
  without: readonly JsonValue[],
): readonly JsonValue[] {
  const all = finiteValues(parent, MOST_VALUES);
  if (all === null) return withIt;
  const [low, high] = [Math.min(...(withIt as number[])), Math.max(...(withIt as number[]))];
  const others = without as readonly number[];
  if (others.every((other) => other < low)) return all.filter((value) => (value as number) >= low);
  if (others.every((other) => other > high)) return all.filter((value) => (value as number) <= high);
  return withIt;
}
