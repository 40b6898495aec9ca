import { describe, expect, it } from "vitest";
import type { JsonValue } from "../json.ts";
import { FIELDS } from "../long/definition-fields.ts";
import { randomSpace } from "../random-space.testing.ts";
import { readSpace } from "../read-space.ts";
import { parameterToJson } from "../space-json.ts";
import { spaceSchema } from "./space-schema.ts";

type Schema = Readonly<Record<string, JsonValue>>;
const root = spaceSchema();

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

/** As much of JSON Schema as the schema uses; an unknown keyword fails the test. */
function accepts(schema: Schema, value: unknown): boolean {
  return Object.entries(schema).every(([keyword, argument]) => {
    const list = argument as readonly JsonValue[];
    const own = argument as Schema;
    const object = typeOf(value) === "object" ? (value as Readonly<Record<string, unknown>>) : null;
    switch (keyword) {
      case "$schema":
      case "$defs":
      case "title":
      case "description":
        return true;
      case "$ref":
        return accepts((root.$defs as Readonly<Record<string, Schema>>)[String(argument).split("/").at(-1)!]!, value);
      case "type":
        return [argument].flat().includes(typeOf(value));
      case "enum":
        return list.includes(value as JsonValue);
      case "anyOf":
        return list.some((option) => accepts(option as Schema, value));
      case "not":
        return !accepts(own, value);
      case "required":
        return object === null || list.every((key) => Object.hasOwn(object, String(key)));
      case "properties":
        return (
          object === null ||
          Object.entries(object).every(([key, item]) => own[key] === undefined || accepts(own[key] as Schema, item))
        );
      case "additionalProperties": {
        const known = Object.keys((schema.properties ?? {}) as Schema);
        const rest = Object.entries(object ?? {}).filter(([key]) => !known.includes(key));
        return argument === false ? rest.length === 0 : rest.every(([, item]) => accepts(own, item));
      }
      case "propertyNames":
        return Object.keys(object ?? {}).every((key) => accepts(own, key));
      case "items":
        return !Array.isArray(value) || value.every((item) => accepts(own, item));
      case "minItems":
        return !Array.isArray(value) || value.length >= Number(argument);
      case "minProperties":
        return object === null || Object.keys(object).length >= Number(argument);
      case "pattern":
        return typeof value !== "string" || new RegExp(String(argument), "u").test(value);
      case "exclusiveMinimum":
        return typeof value !== "number" || value > Number(argument);
    }
    throw new Error(`unknown keyword ${keyword}`);
  });
}

describe("spaceSchema", () => {
  it("accepts what readSpace accepts", () => {
    const space = {
      a: "1e-5..1e-1 log",
      b: { type: "int", low: 1, high: "6" },
      c: ["x", 1, null],
      d: 3,
      e: { type: "choice", choice: ["x"], labels: ["l"], when: { c: ["x", 1] } },
      f: { oneOf: { m: { g: "1..2" }, n: null } },
      h: { ordinal: [1, 2], unit: "s", when: "c == x and b in [1, 2]", default: 1 },
      i: { repeat: "b", parameters: { j: { type: "bool", when: [{ c: "x" }, { d: 3 }] } } },
      k: { derived: "b + 1", description: "d" },
      l: { fixed: { any: ["thing"] } },
    };
    readSpace(space);
    expect(accepts(root, space)).toBe(true);
    for (let seed = 0; seed < 100; seed++) {
      for (const p of randomSpace(seed, { depth: 3, parameters: 30 }).parameters) {
        const { name, ...fields } = parameterToJson(p) as Schema;
        expect(accepts(root, { [String(name)]: fields }), JSON.stringify(fields)).toBe(true);
      }
    }
  });

  it.each([
    [{ a: { type: "itn", low: 1, high: 2 } }],
    [{ a: { type: "int", low: 1 } }],
    [{ a: { type: "int", low: 1, hihg: 2, high: 2 } }],
    [{ a: { type: "float", low: "x", high: 2 } }],
    [{ a: { choice: [] } }],
    [{ a: { oneOf: {} } }],
    [{ a: { oneOf: { b: { c: { low: 1, high: 2 } } } } }],
    [{ seed: "1..2" }],
    [{ "a b": "1..2" }],
    [{ a: { type: "float", low: 1, high: 2, scale: "lgo" } }],
  ])("refuses %j, as readSpace does", (space) => {
    expect(() => readSpace(space)).toThrow();
    expect(accepts(root, space)).toBe(false);
  });

  it("describes every field for the editor", () => {
    for (const [kind, fields] of Object.entries(FIELDS)) {
      const { properties } = (root.$defs as Readonly<Record<string, Schema>>)[kind]!;
      expect(Object.keys(properties as Schema)).toEqual([...fields]);
    }
  });
});
