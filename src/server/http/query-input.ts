import type { z } from "zod";
import { SchemaBook } from "../describe/json-schema.ts";
import { BadForm } from "../operations/bad-form.ts";

type FieldType = "text" | "number" | "boolean" | "list";

/** What the fields of an input are, where they come as text: in the path and behind the `?`. */
export type FieldTypes = ReadonlyMap<string, FieldType>;

/** The types of an operation's fields, by its schema. */
export function fieldTypes(input: z.ZodObject): FieldTypes {
  const { properties = {} } = new SchemaBook().of(input) as {
    readonly properties?: Readonly<Record<string, { readonly type?: string }>>;
  };
  return new Map(Object.entries(properties).map(([name, { type }]) => [name, typeOf(type)]));
}

function typeOf(type: string | undefined): FieldType {
  if (type === "integer" || type === "number") return "number";
  return type === "boolean" ? "boolean" : type === "array" ? "list" : "text";
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** A field of the path as the operation takes it; what is no number stays text, and is refused as such. */
export function fieldValue(types: FieldTypes, name: string, text: string): unknown {
  const type = types.get(name);
  if (type === "number" && NUMBER.test(text)) return Number(text);
  if (type === "boolean" && (text === "true" || text === "false")) return text === "true";
  return text;
}

/**
 * The fields behind the `?`: a list by its name several times.
 *
 * @throws BadForm for a name that comes twice and is no list.
 */
export function queryInput(types: FieldTypes, query: URLSearchParams): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const name of new Set(query.keys())) {
    const texts = query.getAll(name);
    if (types.get(name) === "list") define(input, name, texts);
    else if (texts.length > 1) throw new BadForm(`${name} is given ${texts.length} times; give it once.`);
    else define(input, name, fieldValue(types, name, texts[0]!));
  }
  return input;
}

/** As its own, also where the name means something to every object. */
function define(input: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(input, name, { value, enumerable: true, configurable: true, writable: true });
}
