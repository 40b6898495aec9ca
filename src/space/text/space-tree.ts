import { declaredParameters } from "../declared-parameters.ts";
import type { Parameter } from "../parameter.ts";
import type { Space } from "../space.ts";
import { formatParameterText, formatTextValue, formatWhen } from "./format-parameter-text.ts";

interface Branch {
  /** What stands before the name: the parent's values. */
  readonly label: string;
  readonly parameter: Parameter;
  readonly children: Branch[];
}

/** Children stand under the last of their parents, which is inside the others more often than not. */
function parentOf(p: Parameter, space: Space): string | null {
  const parents = new Set(p.when.flat().map((condition) => condition.parent));
  return space.parameters.findLast((other) => parents.has(other.name))?.name ?? null;
}

function labelOf(p: Parameter): string {
  const [list, ...others] = p.when;
  const [condition, ...more] = list ?? [];
  if (condition === undefined) return "";
  if (others.length > 0 || more.length > 0) return `${formatWhen(p.when)}: `;
  return `${condition.in.map(formatTextValue).join(", ")}: `;
}

function draw(branches: readonly Branch[], indent: string, isRoot: boolean): readonly string[] {
  const width = Math.max(0, ...branches.map(({ label, parameter }) => label.length + parameter.name.length));
  return branches.flatMap(({ label, parameter, children }, i) => {
    const isLast = i === branches.length - 1;
    const name = (label + parameter.name).padEnd(width);
    const text = formatParameterText({ ...parameter, when: [] });
    const line = `${indent}${isRoot ? "" : isLast ? "└─ " : "├─ "}${name}  ${text}`;
    return [line, ...draw(children, isRoot ? indent : `${indent}${isLast ? "   " : "│  "}`, false)];
  });
}

/** The space as lines of text, children under their parents. */
export function spaceTree(space: Space): readonly string[] {
  const roots: Branch[] = [];
  const byName = new Map<string, Branch>();
  for (const parameter of declaredParameters(space)) {
    const branch: Branch = { label: labelOf(parameter), parameter, children: [] };
    const parent = parentOf(parameter, space);
    (parent === null ? roots : byName.get(parent)!.children).push(branch);
    byName.set(parameter.name, branch);
  }
  const derived = (space.derived ?? []).map(({ name, expression }) => `${name}  := ${expression.trim()}`);
  const where = space.where.map((text) => `where ${text}`);
  return [...draw(roots, "", true), ...derived, ...where];
}
