import type { JsonValue } from "../json.ts";
import { FIELDS, type Kind, SCALES, SHORT_TYPES } from "../long/definition-fields.ts";
import { NUMBER as DECIMAL } from "../number-text.ts";
import { RESERVED_NAMES } from "../parameter-name.ts";

type Schema = Readonly<Record<string, JsonValue>>;

const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });

const NUMBER: Schema = { type: ["number", "string"], pattern: `^\\s*${DECIMAL}\\s*$` };

/** What each field holds; `description` is what an editor shows. */
const FIELD_SCHEMAS: Readonly<Record<string, Schema>> = {
  low: { ...NUMBER, description: "The smallest value." },
  high: { ...NUMBER, description: "The largest value." },
  log: { type: "boolean", description: "Even on the logarithm of the values." },
  scale: { enum: [...SCALES], description: "How values are spread. reverse-log is even on log(1 - x)." },
  step: { type: ["number", "null"], exclusiveMinimum: 0, description: "Distance of allowed values, counted from low." },
  about: { type: ["number", "null"], description: "Where good values are believed to be." },
  prior: { type: ["number", "null"], description: "The same as about." },
  fidelity: {
    type: "boolean",
    description: "How far a trial is run: given to the program and not searched, one a study.",
  },
  orZero: { type: "boolean", description: "Exactly 0 is allowed besides the log range." },
  choice: { type: "array", minItems: 1, description: "The values, of any type." },
  choices: { type: "array", minItems: 1, description: "The same as choice." },
  labels: { type: ["array", "null"], items: { type: "string" }, description: "Names to show, one for each choice." },
  ordinal: { type: "array", minItems: 1, description: "The values in their order." },
  values: { type: "array", minItems: 1, description: "The same as ordinal." },
  fixed: { description: "The value, given to the program but not searched." },
  value: { description: "The same as fixed." },
  oneOf: {
    type: "object",
    minProperties: 1,
    additionalProperties: { anyOf: [{ type: "null" }, ref("parameters")] },
    description: "Branches by name, each with parameters of its own.",
  },
  repeat: { type: "string", description: "The parameter that tells how many there are." },
  parameters: ref("parameters"),
  derived: { type: "string", description: "An expression over the parameters." },
  default: { description: "The value in use so far; the first trial takes it." },
  unit: { type: "string", description: "The unit, shown beside values." },
  description: { type: "string", description: "A sentence about the parameter." },
  when: ref("condition"),
};

const REQUIRED: Readonly<Record<Kind, readonly (readonly string[])[]>> = {
  float: [["type", "low", "high"]],
  int: [["type", "low", "high"]],
  categorical: [["choice"], ["choices"]],
  ordinal: [["ordinal"], ["values"]],
  boolean: [["type"]],
  fixed: [["fixed"], ["value"]],
  oneOf: [["oneOf"]],
  repeat: [["repeat", "parameters"]],
  derived: [["derived"]],
};

function kindSchema(kind: Kind): Schema {
  const words = [kind, ...Object.keys(SHORT_TYPES).filter((word) => SHORT_TYPES[word] === kind)];
  const properties = FIELDS[kind].map((field) => [field, field === "type" ? { enum: words } : FIELD_SCHEMAS[field]!]);
  return {
    type: "object",
    properties: Object.fromEntries(properties) as Schema,
    additionalProperties: false,
    anyOf: REQUIRED[kind].map((required) => ({ required })),
  };
}

const CONDITION: Schema = {
  description: "When the parameter is active: {optimizer: sgd}, {layers: [2, 3]}, or a text such as optimizer == sgd.",
  anyOf: [
    { type: "string" },
    { type: "object", minProperties: 1 },
    { type: "array", items: { anyOf: [{ type: "object", minProperties: 1 }, { type: "array" }] } },
  ],
};

const DEFINITION: Schema = {
  anyOf: [
    { type: "string", description: "A text: 1e-5..1e-1 log, 1..6, adam | sgd, true | false, = 3, := epochs * 50." },
    { type: ["number", "boolean", "null"], description: "A fixed value." },
    { type: "array", minItems: 1, description: "A choice of these values." },
    ...(Object.keys(FIELDS) as Kind[]).map((kind) => ref(kind)),
  ],
};

/** JSON Schema (2020-12) of a search space in a study file, for completion and checks in editors. */
export function spaceSchema(): Schema {
  const kinds = (Object.keys(FIELDS) as Kind[]).map((kind) => [kind, kindSchema(kind)] as const);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Attune search space",
    description: "Parameters by name.",
    ...ref("parameters"),
    $defs: {
      parameters: {
        type: "object",
        propertyNames: { pattern: "^[\\p{L}\\p{N}_.-]+$", not: { enum: [...RESERVED_NAMES] } },
        additionalProperties: ref("definition"),
      },
      definition: DEFINITION,
      condition: CONDITION,
      ...Object.fromEntries(kinds),
    },
  };
}
