import { andWhen, orWhen } from "./conditions.ts";
import type {
  Definition,
  DerivedDefinition,
  LocateField,
  OneOfDefinition,
  ParameterDefinition,
  RepeatDefinition,
  SpaceRecord,
} from "./definition.ts";
import { didYouMean } from "./nearest-word.ts";
import type { Parameter } from "./parameter.ts";
import { finiteValues } from "./parameter-value.ts";
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

/** Where a record stands: what its names are prefixed with, and the records around it, the innermost first. */
interface Scope {
  readonly prefix: string;
  readonly records: readonly SpaceRecord[];
  readonly outer: Scope | null;
  readonly depth: number;
}

const DEEPEST = 50;
const MOST_REPEATS = 200;

const nowhere: LocateField = () => null;

/** Equal for definitions that mean the same, children included. */
function signature(definition: Definition): unknown {
  if (definition.kind === "derived") return [definition.expression, definition.unit, definition.description];
  if (definition.kind === "repeat") return [definition.count, recordSignature(definition.record)];
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

function declares(record: SpaceRecord, name: string): Definition | undefined {
  if (Object.hasOwn(record, name)) return record[name];
  for (const definition of Object.values(record)) {
    if (definition.kind !== "oneOf") continue;
    for (const branch of Object.values(definition.branches)) {
      const found = declares(branch, name);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** The full name of what a record calls `name`, with its definition: the innermost group that declares it counts. */
function resolveName(scope: Scope, name: string): { readonly fullName: string; readonly definition?: Definition } {
  for (const record of scope.records) {
    const definition = declares(record, name);
    if (definition !== undefined) return { fullName: scope.prefix + name, definition };
  }
  return scope.outer === null ? { fullName: name } : resolveName(scope.outer, name);
}

class Flattener {
  readonly found = new Map<string, Found>();

  collect(record: SpaceRecord, when: Parameter["when"], scope: Scope): void {
    if (scope.depth > DEEPEST) {
      throw spaceError(`Branches are nested more than ${DEEPEST} deep; a space of that depth cannot be searched.`);
    }
    for (const [name, definition] of Object.entries(record)) {
      if (definition.kind === "derived") this.#refuseInside(name, definition, scope);
      else if (definition.kind === "repeat") this.#repeat(name, definition, when, scope);
      else this.#add(name, definition, when, scope);
    }
  }

  #refuseInside(name: string, definition: DerivedDefinition, scope: Scope): void {
    if (scope.depth === 0) return;
    const advice = "move it out of the branch; it is left out by itself where it needs an inactive parameter";
    const message = `The derived value ${JSON.stringify(name)} stands in a branch; ${advice}.`;
    throw spaceError(message, (definition.locate ?? nowhere)("name"));
  }

  #add(local: string, definition: ParameterDefinition | OneOfDefinition, when: Parameter["when"], scope: Scope): void {
    const name = scope.prefix + local;
    const locate = definition.locate ?? nowhere;
    const renamed = definition.parameter.when.map((list) =>
      list.map((condition) => ({ ...condition, parent: resolveName(scope, condition.parent).fullName })),
    );
    const own = andWhen(when, renamed);
    const text = JSON.stringify(signature(definition));
    const before = this.found.get(name);
    if (before === undefined) {
      this.found.set(name, { parameter: { ...definition.parameter, name, when: own }, signature: text, locate });
    } else if (before.signature === text) {
      before.parameter = { ...before.parameter, when: orWhen(before.parameter.when, own) };
      before.locate = locate;
    } else {
      const advice = "a name may stand in several branches only with the same definition; rename one of them";
      throw spaceError(`Parameter ${JSON.stringify(name)} is defined twice, differently; ${advice}.`, locate("name"));
    }
    if (definition.kind === "parameter") return;
    for (const [branch, children] of Object.entries(definition.branches)) {
      const inner = { ...scope, records: [children, ...scope.records], depth: scope.depth + 1 };
      this.collect(children, [[{ parent: name, in: [branch] }]], inner);
    }
  }

  /** `layer: repeat("layers", { units })` becomes `layer.1.units`, active from one layer on, `layer.2.units`, ... */
  #repeat(local: string, definition: RepeatDefinition, when: Parameter["when"], scope: Scope): void {
    const locate = definition.locate ?? nowhere;
    const { fullName, definition: count } = resolveName(scope, definition.count);
    const values = count?.kind === "parameter" ? finiteValues({ ...count.parameter, name: fullName }, 10_000) : null;
    const counts = values?.filter((value) => Number.isInteger(value) && Number(value) >= 0) as
      | readonly number[]
      | undefined;
    if (
      values === null ||
      counts === undefined ||
      counts.length !== values.length ||
      Math.max(...counts) > MOST_REPEATS
    ) {
      const names = scope.records.flatMap((record) => Object.keys(record));
      const hint = count === undefined ? didYouMean(definition.count, names) : "";
      const advice = `name an int from 0 or more to at most ${MOST_REPEATS}`;
      const group = JSON.stringify(scope.prefix + local);
      throw spaceError(
        `The group ${group} repeats ${JSON.stringify(definition.count)} times; ${advice}.${hint}`,
        locate("repeat"),
      );
    }
    for (let k = 1; k <= Math.max(...counts); k++) {
      const active = [[{ parent: fullName, in: counts.filter((n) => n >= k) }]];
      const prefix = `${scope.prefix}${local}.${k}.`;
      const inner: Scope = { prefix, records: [definition.record], outer: scope, depth: scope.depth + 1 };
      this.collect(definition.record, andWhen(when, active), inner);
    }
  }
}

/** Turns nested branches and repeated groups into flat parameters with conditions. */
export function flattenDefinitions(record: SpaceRecord): FlatDefinitions {
  const flattener = new Flattener();
  flattener.collect(record, [], { prefix: "", records: [record], outer: null, depth: 0 });
  const { found } = flattener;
  const derived: DerivedValue[] = [];
  const locate = new Map([...found].map(([name, item]) => [name, item.locate]));
  for (const [name, definition] of Object.entries(record)) {
    if (definition.kind !== "derived") continue;
    derived.push(derivedOf(name, definition));
    locate.set(name, definition.locate ?? nowhere);
  }
  return { parameters: [...found.values()].map((item) => item.parameter), derived, locate };
}
