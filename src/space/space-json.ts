import type { JsonValue } from "./json.ts";
import type { Parameter } from "./parameter.ts";
import type { Space } from "./space.ts";

/** The version of the canonical JSON form. */
export const SPACE_FORM_VERSION = 1;

type JsonObject = Record<string, JsonValue>;

function numericFields(p: Extract<Parameter, { type: "float" | "int" }>): JsonObject {
  const json: JsonObject = { low: p.low, high: p.high };
  if (p.scale !== "linear") json.scale = p.scale;
  if (p.step !== null && !(p.type === "int" && p.step === 1)) json.step = p.step;
  if (p.type === "float" && p.orZero) json.orZero = true;
  if (p.prior !== null) json.prior = p.prior;
  if (p.fidelity === true) json.fidelity = true;
  return json;
}

function domainFields(p: Parameter): JsonObject {
  switch (p.type) {
    case "float":
    case "int":
      return numericFields(p);
    case "categorical":
      return { choices: p.choices, ...(p.labels !== null && { labels: p.labels }), ...spellingField(p) };
    case "ordinal":
      return { values: p.values, ...spellingField(p) };
    case "boolean":
      return {};
    case "fixed":
      return { value: p.value, ...spellingField(p) };
  }
}

function spellingField({ spelling }: { readonly spelling?: string | readonly (string | null)[] }): JsonObject {
  return spelling === undefined ? {} : { spelling };
}

/** The canonical form of one parameter: fields in a fixed order, those at their default left out. */
export function parameterToJson(p: Parameter): JsonValue {
  const json: JsonObject = { name: p.name, type: p.type, ...domainFields(p) };
  if (p.default !== undefined) json.default = p.default;
  if (p.unit !== undefined) json.unit = p.unit;
  if (p.description !== undefined) json.description = p.description;
  if (p.when.length > 0) {
    json.when = p.when.map((list) => list.map((condition) => ({ parent: condition.parent, in: condition.in })));
  }
  return json;
}

/** The canonical JSON form of a space, lossless: `spaceFromJson(spaceToJson(space))` equals the space. */
export function spaceToJson(space: Space): JsonValue {
  const json: JsonObject = { version: SPACE_FORM_VERSION, parameters: space.parameters.map(parameterToJson) };
  if (space.where.length > 0) json.where = space.where;
  if (space.derived !== undefined) {
    json.derived = space.derived.map(({ name, expression, unit, description }) => ({
      name,
      expression,
      ...(unit === undefined ? {} : { unit }),
      ...(description === undefined ? {} : { description }),
    }));
  }
  if (space.fidelity !== undefined) json.fidelity = parameterToJson(space.fidelity);
  return json;
}
