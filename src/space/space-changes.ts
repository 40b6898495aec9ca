import { declaredParameters } from "./declared-parameters.ts";
import { jsonEqual } from "./json-equal.ts";
import type { DerivedValue, Space } from "./space.ts";
import { parameterToJson } from "./space-json.ts";
import { formatParameterText } from "./text/format-parameter-text.ts";

/** One difference between two spaces; `before` and `after` in the text form, null where there is none. */
export interface SpaceChange {
  readonly subject: "parameter" | "constraint" | "derived";
  /** Of a constraint its text; of a renamed parameter its new name. */
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
  /** The name before, when it changed. */
  readonly renamedFrom?: string;
}

/**
 * How one space differs from another, in the order of the new one, what is gone last. `renamed` tells old names whose parameters
 * have new ones.
 */
export function spaceChanges(
  before: Space,
  after: Space,
  renamed: Readonly<Record<string, string>> = {},
): readonly SpaceChange[] {
  return [
    ...parameterChanges(before, after, renamed),
    ...derivedChanges(before, after),
    ...whereChanges(before, after),
  ];
}

function parameterChanges(before: Space, after: Space, renamed: Readonly<Record<string, string>>): SpaceChange[] {
  const changes: SpaceChange[] = [];
  const oldName = new Map(Object.entries(renamed).map(([from, to]) => [to, from]));
  const old = new Map(declaredParameters(before).map((p) => [p.name, p]));
  const found = new Set<string>();
  for (const p of declaredParameters(after)) {
    const from = oldName.get(p.name) ?? p.name;
    const was = Object.hasOwn(renamed, from) && renamed[from] !== p.name ? undefined : old.get(from);
    if (was !== undefined) found.add(from);
    const moved = from === p.name ? {} : { renamedFrom: from };
    if (was !== undefined && from === p.name && jsonEqual(parameterToJson(was), parameterToJson(p))) continue;
    const text = was === undefined ? null : formatParameterText(was);
    changes.push({ subject: "parameter", name: p.name, before: text, after: formatParameterText(p), ...moved });
  }
  for (const p of declaredParameters(before)) {
    if (found.has(p.name)) continue;
    changes.push({ subject: "parameter", name: p.name, before: formatParameterText(p), after: null });
  }
  return changes;
}

function derivedChanges(before: Space, after: Space): SpaceChange[] {
  const expressions = (list: readonly DerivedValue[] = []) => new Map(list.map((one) => [one.name, one.expression]));
  const [old, now] = [expressions(before.derived), expressions(after.derived)];
  return [...new Set([...now.keys(), ...old.keys()])]
    .filter((name) => old.get(name) !== now.get(name))
    .map((name) => ({
      subject: "derived",
      name,
      before: old.get(name) ?? null,
      after: now.get(name) ?? null,
    }));
}

function whereChanges(before: Space, after: Space): SpaceChange[] {
  const added = after.where.filter((text) => !before.where.includes(text));
  const gone = before.where.filter((text) => !after.where.includes(text));
  return [
    ...added.map((name) => ({ subject: "constraint" as const, name, before: null, after: name })),
    ...gone.map((name) => ({ subject: "constraint" as const, name, before: name, after: null })),
  ];
}

/** A change in words: `lr becomes 1e-6..1.0 log (was 1e-5..0.1 log)`. */
export function describeChange(change: SpaceChange): string {
  const { subject, name, before, after, renamedFrom } = change;
  if (subject === "constraint")
    return `the constraint ${JSON.stringify(name)} is ${before === null ? "new" : "dropped"}`;
  if (after === null) return `${name} is dropped`;
  const how = subject === "derived" ? `= ${after}` : after;
  if (before === null) return `${name} is new (${how})`;
  if (renamedFrom !== undefined)
    return `${renamedFrom} is called ${name} now${before === after ? "" : ` and becomes ${how} (was ${before})`}`;
  return `${name} becomes ${how} (was ${before})`;
}
