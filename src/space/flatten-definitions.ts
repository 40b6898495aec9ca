import { andWhen, orWhen } from "./conditions.ts";
import type { Definition, DerivedDefinition, LocateField, SpaceRecord } from "./definition.ts";
import type { Parameter } from "./parameter.ts";
import type { DerivedValue } from "./space.ts";
import { spaceError } from "./space-error.ts";
import { parameterToJson } from "./space-json.ts";

export interface FlatDefinitions {
  readonly parameters: readonly Parameter[];
  readonly derived: readonly DerivedValue[];
  /** Where each parameter was written (last, when in several branches). */
  readonly locate: ReadonlyMap<string, LocateField>;
}

interface Found {
  parameter: Parameter;
  readonly signature: string;
  locate: LocateField;
}

const nowhere: LocateField = () => null;

/** Equal for definitions that mean the same, children included. */
function signature(definition: Definition): unknown {
  if (definition.kind === "derived") return [definition.expression, definition.unit, definition.description];
  const own = parameterToJson({ ...definition.parameter, name: "" });
  if (definition.kind === "parameter") return own;
  const branches = Object.entries(definition.branches).map(([branch, record]) => [branch, recordSignature(record)]);
  return [own, branches];
}

function recordSignature(record: SpaceRecord): unknown {
  return Object.entries(record).map(([name, definition]) => [name, signature(definition)]);
}

/** A derived value with its name. */
export function derivedOf(name: string, definition: DerivedDefinition): DerivedValue {
  const { expression, unit, description } = definition;
  return {
    name,
    expression,
    ...(unit === undefined ? {} : { unit }),
    ...(description === undefined ? {} : { description }),
  };
}

function collect(record: SpaceRecord, when: Parameter["when"], found: Map<string, Found>, depth: number): void {
  if (depth > 50) throw spaceError("Branches are nested more than 50 deep; a space of that depth cannot be searched.");
  for (const [name, definition] of Object.entries(record)) {
    const locate = definition.locate ?? nowhere;
    if (definition.kind === "derived") {
      if (depth === 0) continue;
      const advice = "move it out of the branch; it is left out by itself where it needs an inactive parameter";
      throw spaceError(`The derived value ${JSON.stringify(name)} stands in a branch; ${advice}.`, locate("name"));
    }
    const own = andWhen(when, definition.parameter.when);
    const text = JSON.stringify(signature(definition));
    const before = found.get(name);
    if (before === undefined) {
      found.set(name, { parameter: { ...definition.parameter, name, when: own }, signature: text, locate });
    } else if (before.signature === text) {
      before.parameter = { ...before.parameter, when: orWhen(before.parameter.when, own) };
      before.locate = locate;
    } else {
      const advice = "a name may stand in several branches only with the same definition; rename one of them";
      throw spaceError(`Parameter ${JSON.stringify(name)} is defined twice, differently; ${advice}.`, locate("name"));
    }
    if (definition.kind === "parameter") continue;
    for (const [branch, children] of Object.entries(definition.branches)) {
      collect(children, [[{ parent: name, in: [branch] }]], found, depth + 1);
    }
  }
}

/** Turns nested branches into flat parameters with conditions. */
export function flattenDefinitions(record: SpaceRecord): FlatDefinitions {
  const found = new Map<string, Found>();
  collect(record, [], found, 0);
  const derived: DerivedValue[] = [];
  const locate = new Map([...found].map(([name, item]) => [name, item.locate]));
  for (const [name, definition] of Object.entries(record)) {
    if (definition.kind !== "derived") continue;
    derived.push(derivedOf(name, definition));
    locate.set(name, definition.locate ?? nowhere);
  }
  return { parameters: [...found.values()].map((item) => item.parameter), derived, locate };
}
