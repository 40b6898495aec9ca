import type {
  Branches,
  Definition,
  DerivedDefinition,
  LocateField,
  NamelessParameter,
  RepeatDefinition,
} from "../definition.ts";
import { toJsonValue } from "../json-value.ts";
import { didYouMean } from "../nearest-word.ts";
import type { Parameter, Scale } from "../parameter.ts";
import { readWhen } from "../read-when.ts";
import { spaceError } from "../space-error.ts";
import { spelledText } from "../spelled-text.ts";
import { spellingIn } from "../spelling-in.ts";
import { parseParameterDefinition } from "../text/parse-parameter-text.ts";
import { parseWhenText } from "../text/parse-when-text.ts";
import { positionAt } from "../text/text-cursor.ts";
import { writtenMember } from "../written-numbers.ts";
import { FIELDS, KINDS, type Kind, SCALES, SHORT_TYPES } from "./definition-fields.ts";
import { FieldReader, isMapping, type Locate, type Mapping, type Path } from "./field-reader.ts";

const SCHEMA =
  "give a text such as 1e-5..1e-1 log, a list of choices, or fields such as {type: int, low: 1, high: 6} or {oneOf: {tree: {depth: 1..9}, none: {}}}";

function kindOf(reader: FieldReader): Kind {
  if (reader.has("type")) {
    const type = String(reader.fields.type);
    const kind = SHORT_TYPES[type] ?? KINDS.find((known) => known === type);
    if (kind !== undefined) return kind;
    const hint = didYouMean(type, [...KINDS, ...Object.keys(SHORT_TYPES)]);
    throw reader.error("type", `the type is ${JSON.stringify(type)}; allowed: ${KINDS.join(", ")}.${hint}`);
  }
  if (reader.has("oneOf")) return "oneOf";
  if (reader.has("derived")) return "derived";
  if (reader.has("repeat")) return "repeat";
  if (reader.has("choice") || reader.has("choices")) return "categorical";
  if (reader.has("ordinal") || reader.has("values")) return "ordinal";
  if (Object.hasOwn(reader.fields, "fixed") || Object.hasOwn(reader.fields, "value")) return "fixed";
  if (reader.has("low") || reader.has("high"))
    throw reader.error("type", "the type is missing; give type: int or type: float.");
  const known = ["type", "choice", "ordinal", "fixed", "oneOf", "repeat", "derived"];
  const stranger = Object.keys(reader.fields)[0];
  const hint = stranger === undefined ? "" : didYouMean(stranger, [...known, ...FIELDS.float]);
  throw reader.error(stranger ?? "", `the type is missing; ${SCHEMA}.${hint}`);
}

function readCondition(reader: FieldReader, name: string): Parameter["when"] {
  if (!reader.has("when")) return [];
  const given = reader.fields.when;
  if (typeof given === "string") return parseWhenText(given, name, reader.position("when"));
  const when = readWhen(given, name);
  if (when !== null) return when;
  const forms = "{optimizer: sgd}, {layers: [2, 3]}, or a text such as optimizer == sgd and layers in [2, 3]";
  throw reader.error("when", `when is no condition; allowed: ${forms}.`);
}

function readScale(reader: FieldReader): Scale {
  const key = reader.oneOf("log", "scale");
  if (key === null) return "linear";
  if (key === "log") return reader.flag("log") ? "log" : "linear";
  const given = reader.text("scale")!;
  const scale = SCALES.find((known) => known === given);
  if (scale !== undefined) return scale;
  const hint = didYouMean(given, SCALES);
  throw reader.error("scale", `the scale is ${JSON.stringify(given)}; allowed: ${SCALES.join(", ")}.${hint}`);
}

function readLabels(reader: FieldReader): readonly string[] | null {
  if (!reader.has("labels") || reader.fields.labels === null) return null;
  return reader.list("labels").map((label) => {
    if (typeof label === "string") return label;
    throw reader.error("labels", `the label ${JSON.stringify(label)} is no text; put quotes around it.`);
  });
}

function requiredKey(reader: FieldReader, ...keys: readonly string[]): string {
  const key = reader.oneOf(...keys);
  if (key === null) throw reader.error("type", `${keys[0]} is missing.`);
  return key;
}

function readDomain(
  reader: FieldReader,
  kind: Exclude<Kind, "derived" | "repeat">,
  base: Pick<NamelessParameter, "when">,
): NamelessParameter {
  switch (kind) {
    case "float":
    case "int": {
      const numbers = {
        low: reader.number("low"),
        high: reader.number("high"),
        scale: readScale(reader),
        prior: reader.optionalNumber(reader.oneOf("about", "prior")),
        ...(reader.flag("fidelity") && { fidelity: true as const }),
      };
      const step = reader.optionalNumber("step");
      if (kind === "int") return { ...base, type: "int", ...numbers, step: step ?? 1 };
      return { ...base, type: "float", ...numbers, step, orZero: reader.flag("orZero") };
    }
    case "categorical": {
      const key = requiredKey(reader, "choice", "choices");
      const choices = reader.list(key);
      return { ...base, type: "categorical", choices, labels: readLabels(reader), ...spellingIn(reader.fields, key) };
    }
    case "ordinal": {
      const key = requiredKey(reader, "ordinal", "values");
      return { ...base, type: "ordinal", values: reader.list(key), ...spellingIn(reader.fields, key) };
    }
    case "boolean":
      return { ...base, type: "boolean" };
    case "fixed": {
      const key = requiredKey(reader, "fixed", "value");
      return { ...base, type: "fixed", value: reader.json(key), ...fixedSpelling(reader.fields, key) };
    }
    case "oneOf":
      return { ...base, type: "categorical", choices: Object.keys(reader.fields.oneOf as Mapping), labels: null };
  }
}

/** The spelling of a fixed value as it stood in the file. */
function fixedSpelling(container: Mapping, key: string): { readonly spelling?: string } {
  const spelling = spelledText(writtenMember(container, key));
  return spelling === null ? {} : { spelling };
}

function readBranches(reader: FieldReader, locate: Locate): Branches {
  const given = reader.fields.oneOf;
  if (!isMapping(given) || Object.keys(given).length === 0) {
    throw reader.error("oneOf", "oneOf is no mapping of branches; write {oneOf: {mlp: {layers: 1..6}, linear: {}}}.");
  }
  const branches: [string, Record<string, Definition>][] = [];
  for (const [branch, children] of Object.entries(given)) {
    const path = [...reader.path, "oneOf", branch];
    if (children !== null && !isMapping(children)) {
      throw spaceError(
        `The branch ${JSON.stringify(branch)} is no mapping of parameters; write {} for none.`,
        locate(path),
      );
    }
    branches.push([branch, readRecord(children ?? {}, path, locate)]);
  }
  return Object.fromEntries(branches);
}

/** A derived value from its fields. */
export function readDerived(fields: Mapping, name: string, path: Path, locate: Locate): DerivedDefinition {
  const reader = new FieldReader(fields, name, path, locate);
  reader.allowOnly(FIELDS.derived);
  const expression = reader.text("derived");
  if (expression === undefined) throw reader.error("derived", "the expression is missing.");
  const unit = reader.text("unit");
  const description = reader.text("description");
  return {
    kind: "derived",
    expression,
    ...(unit === undefined ? {} : { unit }),
    ...(description === undefined ? {} : { description }),
    locate: () => reader.position("derived"),
  };
}

function readRepeat(reader: FieldReader, locate: Locate): RepeatDefinition {
  reader.allowOnly(FIELDS.repeat);
  const count = reader.text("repeat");
  const { parameters } = reader.fields;
  if (count !== undefined && isMapping(parameters)) {
    const record = readRecord(parameters, [...reader.path, "parameters"], locate);
    return { kind: "repeat", count, record, locate: () => reader.position("repeat") };
  }
  throw reader.error("parameters", "a repeated group is written {repeat: layers, parameters: {units: 16..512 log}}.");
}

function readMapping(fields: Mapping, name: string, path: Path, locate: Locate): Definition {
  const reader = new FieldReader(fields, name, path, locate);
  const kind = kindOf(reader);
  if (kind === "derived") return readDerived(fields, name, path, locate);
  if (kind === "repeat") return readRepeat(reader, locate);
  reader.allowOnly(FIELDS[kind]);
  const branches = kind === "oneOf" ? readBranches(reader, locate) : null;
  const unit = reader.text("unit");
  const description = reader.text("description");
  const base = {
    when: readCondition(reader, name),
    ...(Object.hasOwn(fields, "default") ? { default: reader.json("default") } : {}),
    ...(unit === undefined ? {} : { unit }),
    ...(description === undefined ? {} : { description }),
  };
  const parameter = readDomain(reader, kind, base);
  const aliases: Readonly<Record<string, readonly string[]>> = {
    choices: ["choice", "oneOf"],
    values: ["ordinal"],
    value: ["fixed"],
    prior: ["about"],
    scale: ["log"],
  };
  const locateField: LocateField = (field) =>
    reader.position([field, ...(aliases[field] ?? [])].find((key) => reader.has(key)) ?? field);
  return branches === null
    ? { kind: "parameter", parameter, locate: locateField }
    : { kind: "oneOf", branches, parameter, locate: locateField };
}

/** `:= epochs * 50` */
function readDerivedText(text: string, name: string, path: Path, locate: Locate): DerivedDefinition {
  const start = text.indexOf(":=") + 2;
  const base = locate(path);
  return {
    ...readDerived({ derived: text.slice(start) }, name, path, locate),
    locate: () => base && positionAt(text, start, base),
  };
}

/**
 * One parameter as a file gives it: a text in the grammar (`:=` before an expression makes a derived value), a list of choices, a mapping of fields; a bare number, boolean or
 * null is a fixed value. `record` is the mapping that it stands in. Throws AttuneError "invalid-space" with the position.
 */
export function readDefinition(
  value: unknown,
  name: string,
  path: Path,
  locate: Locate,
  record: Mapping = { [name]: value },
): Definition {
  if (typeof value === "string" && /^\s*:=/.test(value)) return readDerivedText(value, name, path, locate);
  if (typeof value === "string") return { kind: "parameter", ...parseParameterDefinition(value, name, locate(path)) };
  if (isMapping(value)) return readMapping(value, name, path, locate);
  const json = toJsonValue(value);
  const position: LocateField = () => locate(path);
  if (json === undefined) {
    throw spaceError(`Parameter ${JSON.stringify(name)} is a value that JSON cannot hold; ${SCHEMA}.`, locate(path));
  }
  const parameter: NamelessParameter = Array.isArray(json)
    ? { type: "categorical", choices: json, labels: null, when: [], ...spellingIn(record, name) }
    : { type: "fixed", value: json, when: [], ...fixedSpelling(record, name) };
  return { kind: "parameter", parameter, locate: position };
}

/** Parameters by name, as a file gives them. */
export function readRecord(record: Mapping, path: Path, locate: Locate): Record<string, Definition> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, readDefinition(value, name, [...path, name], locate, record)]),
  );
}
