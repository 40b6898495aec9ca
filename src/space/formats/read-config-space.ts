import { buildSpace } from "../build-space.ts";
import { andWhen, orWhen } from "../conditions.ts";
import { floatText } from "../float-text.ts";
import type { JsonValue } from "../json.ts";
import { jsonIndexOf } from "../json-equal.ts";
import { toJsonValue } from "../json-value.ts";
import { isMapping, type Mapping } from "../long/field-reader.ts";
import { numberIn } from "../number-text.ts";
import type { Parameter } from "../parameter.ts";
import { finiteValues } from "../parameter-value.ts";
import type { Space } from "../space.ts";
import { spaceError } from "../space-error.ts";
import { spelledText } from "../spelled-text.ts";
import { spellingIn } from "../spelling-in.ts";
import { spelledNumber } from "../text/parse-text-value.ts";
import { writtenMember } from "../written-numbers.ts";

export interface ReadConfigSpaceOptions {
  /** Hyperparameters that are not searched, with their values (a benchmark's instance, its fidelity). */
  readonly fixed?: Readonly<Record<string, JsonValue>>;
}

type When = Parameter["when"];

const MOST_LISTED = 10_000;

function listOf(value: unknown, what: string): readonly Mapping[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value) && value.every(isMapping)) return value;
  throw spaceError(`This is no ConfigSpace file: ${what} is no list of objects.`);
}

function readNumeric(item: Mapping, name: string): Parameter {
  const type = String(item.type);
  const mu = typeof item.mu === "number" ? item.mu : null;
  const spread = 3 * (numberIn(item.sigma) ?? Number.NaN);
  const low = numberIn(item.lower ?? (mu === null ? null : mu - spread)) ?? Number.NaN;
  const high = numberIn(item.upper ?? (mu === null ? null : mu + spread)) ?? Number.NaN;
  const scale = item.log === true ? "log" : "linear";
  const prior = mu !== null && mu >= low && mu <= high ? mu : null;
  const step = typeof item.q === "number" ? item.q : null;
  if (low === high) {
    const spelling = type.endsWith("_int") ? null : spelledText(spelledNumber(low, floatText(low)));
    return { type: "fixed", name, value: low, when: [], ...(spelling !== null && { spelling }) };
  }
  if (type.endsWith("_int")) {
    return { type: "int", name, low: Math.ceil(low), high: Math.floor(high), scale, step: step ?? 1, prior, when: [] };
  }
  return { type: "float", name, low, high, scale, step, orZero: false, prior, when: [] };
}

function jsonList(value: unknown, name: string): readonly JsonValue[] {
  const json = toJsonValue(value);
  if (Array.isArray(json)) return json as readonly JsonValue[];
  throw spaceError(`The hyperparameter ${JSON.stringify(name)} has no list of values.`);
}

function readDomain(item: Mapping, name: string): Parameter {
  switch (item.type) {
    case "uniform_float":
    case "uniform_int":
    case "normal_float":
    case "normal_int":
    case "beta_float":
    case "beta_int":
      return readNumeric(item, name);
    case "categorical":
      return {
        type: "categorical",
        name,
        choices: jsonList(item.choices, name),
        labels: null,
        when: [],
        ...spellingIn(item, "choices"),
      };
    case "ordinal":
      return {
        type: "ordinal",
        name,
        values: jsonList(item.sequence, name),
        when: [],
        ...spellingIn(item, "sequence"),
      };
    case "constant":
    case "unparametrized": {
      const spelling = spelledText(writtenMember(item, "value"));
      const value = toJsonValue(item.value) ?? null;
      return { type: "fixed", name, value, when: [], ...(spelling !== null && { spelling }) };
    }
  }
  const known = "uniform, normal and beta floats and ints, categorical, ordinal, constant, unparametrized";
  throw spaceError(
    `The hyperparameter ${JSON.stringify(name)} has the type ${JSON.stringify(item.type)}; known are ${known}.`,
  );
}

function readHyperparameter(item: Mapping, fixed: Readonly<Record<string, JsonValue>>): Parameter {
  if (typeof item.name !== "string") throw spaceError("This is no ConfigSpace file: a hyperparameter has no name.");
  const { name } = item;
  if (Object.hasOwn(fixed, name)) return { type: "fixed", name, value: fixed[name]!, when: [] };
  const parameter = readDomain(item, name);
  const value = toJsonValue(item.default_value ?? item.default);
  return value === undefined || parameter.type === "fixed" ? parameter : { ...parameter, default: value };
}

/** The values of the parent that satisfy a condition of type NEQ, LT or GT. */
function satisfying(item: Mapping, parent: Parameter): readonly JsonValue[] {
  const values = finiteValues(parent, MOST_LISTED);
  if (values === null) {
    throw spaceError(
      `${String(item.child)} depends on ${parent.name}, which has too many values to list; give it steps.`,
    );
  }
  const place = (value: JsonValue) => (parent.type === "ordinal" ? values.indexOf(value) : Number(value));
  const limit = place(toJsonValue(item.value) ?? null);
  return values.filter((value) => {
    if (item.type === "NEQ") return value !== item.value;
    return item.type === "LT" ? place(value) < limit : place(value) > limit;
  });
}

/** `null`: never, because the parent is fixed at another value or never active itself. */
function readCondition(item: Mapping, byName: ReadonlyMap<string, Parameter | null>): When | null {
  if (item.type === "AND" || item.type === "OR") {
    const parts = listOf(item.conditions, "conditions").map((part) => readCondition(part, byName));
    if (item.type === "AND") return parts.reduce((all, part) => all && part && andWhen(all, part), []);
    const possible = parts.filter((part) => part !== null);
    return possible.length === 0 ? null : possible.reduce(orWhen);
  }
  const name = String(item.parent);
  const parent = byName.get(name);
  if (parent === undefined) throw spaceError(`${String(item.child)} depends on ${name}, which does not exist.`);
  if (parent === null) return null;
  const values = conditionValues(item, parent);
  if (parent.type !== "fixed") return [[{ parent: name, in: values }]];
  return jsonIndexOf(values, parent.value) >= 0 ? parent.when : null;
}

function conditionValues(item: Mapping, parent: Parameter): readonly JsonValue[] {
  switch (item.type) {
    case "EQ":
      return [toJsonValue(item.value) ?? null];
    case "IN":
      return jsonList(item.values, parent.name);
    case "NEQ":
    case "LT":
    case "GT":
      return satisfying(item, parent);
  }
  throw spaceError(
    `A condition of ${String(item.child)} has the type ${JSON.stringify(item.type)}; known are EQ, NEQ, LT, GT, IN, AND, OR.`,
  );
}

function quoteName(name: unknown): string {
  return `\`${String(name)}\``;
}

/** By the endings of today's clauses (`RELATION_LT`) and the words of those before ConfigSpace 1.0. */
const OPERATORS: ReadonlyMap<string, string> = new Map([
  ["LT", "<"],
  ["LE", "<="],
  ["EQ", "=="],
  ["GT", ">"],
  ["GE", ">="],
  ["LESS", "<"],
  ["EQUALS", "=="],
  ["GREATER", ">"],
]);

/** The expression that is true where the clause forbids; null when it concerns a parameter that is never active. */
function forbiddenText(clause: Mapping, byName: ReadonlyMap<string, Parameter | null>): string | null {
  if ([clause.name, clause.left, clause.right].some((name) => byName.get(String(name)) === null)) return null;
  const [kind, ending] = String(clause.type).split("_");
  const operator = OPERATORS.get(ending ?? String(clause.lambda));
  if (kind === "RELATION" && operator !== undefined)
    return `${quoteName(clause.left)} ${operator} ${quoteName(clause.right)}`;
  if (kind === "CLAUSE" && operator !== undefined)
    return `${quoteName(clause.name)} ${operator} ${JSON.stringify(toJsonValue(clause.value))}`;
  switch (clause.type) {
    case "EQUALS":
      return `${quoteName(clause.name)} == ${JSON.stringify(toJsonValue(clause.value))}`;
    case "IN":
      return `${quoteName(clause.name)} in ${JSON.stringify(toJsonValue(clause.values))}`;
    case "AND": {
      const parts = listOf(clause.clauses, "clauses").map((part) => forbiddenText(part, byName));
      return parts.includes(null) ? null : parts.map((part) => `(${part})`).join(" and ");
    }
    case "OR": {
      const parts = listOf(clause.clauses, "clauses").map((part) => forbiddenText(part, byName));
      const possible = parts.filter((part) => part !== null);
      return possible.length === 0 ? null : possible.map((part) => `(${part})`).join(" or ");
    }
  }
  const known = "EQUALS, IN, AND, OR, and CLAUSE_ and RELATION_ with LT, LE, EQ, GT, GE";
  throw spaceError(`A forbidden clause has the type ${JSON.stringify(clause.type)}; known are ${known}.`);
}

/** Puts the conditions on the parameters; those that can never be active become null, and so do their children. */
function withConditions(parameters: readonly Parameter[], conditions: readonly Mapping[]) {
  const byName = new Map<string, Parameter | null>(parameters.map((p) => [p.name, p]));
  const waiting = new Map<string, Mapping[]>();
  for (const item of conditions) {
    const child = String(item.child);
    if (!byName.has(child)) throw spaceError(`There is a condition on ${child}, which does not exist.`);
    waiting.set(child, [...(waiting.get(child) ?? []), item]);
  }
  const parentsOf = (item: Mapping): readonly string[] =>
    Array.isArray(item.conditions) ? listOf(item.conditions, "conditions").flatMap(parentsOf) : [String(item.parent)];
  const settle = (name: string): void => {
    const items = waiting.get(name);
    waiting.delete(name);
    for (const item of items ?? []) {
      for (const parent of parentsOf(item)) settle(parent);
      const child = byName.get(name);
      const when = child ? readCondition(item, byName) : null;
      byName.set(name, child && when ? { ...child, when: andWhen(child.when, when) } : null);
    }
  };
  for (const { name } of parameters) settle(name);
  return byName;
}

/**
 * A space from a ConfigSpace JSON file (formats 0.2 to 1.x): hyperparameters, conditions (nested AND and OR too) and forbidden
 * clauses. The means of normal distributions become beliefs; other weights are not kept. Hyperparameters that can never be
 * active, because of `fixed`, are left out. Throws AttuneError "invalid-space".
 */
export function readConfigSpace(json: unknown, options: ReadConfigSpaceOptions = {}): Space {
  if (!isMapping(json) || !Array.isArray(json.hyperparameters)) {
    throw spaceError("This is no ConfigSpace file: it has no list of hyperparameters.");
  }
  const items = listOf(json.hyperparameters, "hyperparameters");
  const parameters = items.map((item) => readHyperparameter(item, options.fixed ?? {}));
  const byName = withConditions(parameters, listOf(json.conditions, "conditions"));
  const forbidden = listOf(json.forbiddens, "forbiddens").map((clause) => forbiddenText(clause, byName));
  const where = forbidden.filter((text) => text !== null).map((text) => `not (${text})`);
  return buildSpace(
    [...byName.values()].filter((p) => p !== null),
    { where },
  );
}
