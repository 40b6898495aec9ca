import type { JsonValue, Params } from "./json.ts";
import { jsonIndexOf } from "./json-equal.ts";
import type { Condition, Parameter } from "./parameter.ts";
import type { Space } from "./space.ts";

type When = Parameter["when"];

function mergeValues(a: readonly JsonValue[], b: readonly JsonValue[]): readonly JsonValue[] {
  return [...a, ...b.filter((value) => jsonIndexOf(a, value) < 0)];
}

/** Conditions that must all hold, one a parent: of two on the same parent the values common to both stay. */
function mergeAll(conditions: readonly Condition[]): readonly Condition[] {
  const byParent = new Map<string, readonly JsonValue[]>();
  for (const { parent, in: values } of conditions) {
    const before = byParent.get(parent);
    const kept = before?.filter((value) => jsonIndexOf(values, value) >= 0) ?? mergeValues([], values);
    byParent.set(parent, kept);
  }
  const merged = [...byParent].map(([parent, values]) => ({ parent, in: values }));
  return merged.sort((a, b) => (a.parent < b.parent ? -1 : 1));
}

/** True when the two lists differ in the values of at most one parent; then they can be one. */
function joinLists(a: readonly Condition[], b: readonly Condition[]): readonly Condition[] | null {
  if (a.length !== b.length) return null;
  let joined: readonly Condition[] = a;
  let differing = 0;
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]!, b[i]!];
    if (x.parent !== y.parent) return null;
    const same = x.in.length === y.in.length && x.in.every((value) => jsonIndexOf(y.in, value) >= 0);
    if (same) continue;
    if (++differing > 1) return null;
    joined = joined.with(i, { parent: x.parent, in: mergeValues(x.in, y.in) });
  }
  return joined;
}

/**
 * The same conditions in one form: parents sorted, each at most once a list, lists joined where one condition can say it.
 * An empty inner list holds always, so that the whole becomes "always" (an empty outer list).
 */
export function normalizeWhen(when: When): When {
  let lists: (readonly Condition[])[] = [];
  for (const list of when) {
    let next = mergeAll(list);
    if (next.length === 0) return [];
    for (;;) {
      const at = lists.findIndex((other) => joinLists(other, next) !== null);
      if (at < 0) break;
      next = joinLists(lists[at]!, next)!;
      lists = lists.toSpliced(at, 1);
    }
    lists.push(next);
  }
  return lists;
}

/** Both must hold. */
export function andWhen(a: When, b: When): When {
  if (a.length === 0) return normalizeWhen(b);
  if (b.length === 0) return normalizeWhen(a);
  return normalizeWhen(a.flatMap((x) => b.map((y) => [...x, ...y])));
}

/** One of the two must hold. */
export function orWhen(a: When, b: When): When {
  return a.length === 0 || b.length === 0 ? [] : normalizeWhen([...a, ...b]);
}

/**
 * True when the parameter is active, given the values of its active ancestors in `params`. `params` may hold values of
 * inactive parameters only if these do not stand above `p`; go top-down with {@link activeParameters} otherwise.
 */
export function isActive(p: Parameter, params: Params): boolean {
  if (p.when.length === 0) return true;
  return p.when.some((list) =>
    list.every((condition) => {
      if (!Object.hasOwn(params, condition.parent)) return false;
      return jsonIndexOf(condition.in, params[condition.parent]!) >= 0;
    }),
  );
}

/** The active parameters of a configuration, parents first. Values of inactive parameters in `params` do not count. */
export function activeParameters(space: Space, params: Params): readonly Parameter[] {
  const known: Record<string, JsonValue> = {};
  const active: Parameter[] = [];
  for (const p of space.parameters) {
    if (!isActive(p, known)) continue;
    active.push(p);
    if (Object.hasOwn(params, p.name)) known[p.name] = params[p.name]!;
  }
  return active;
}
