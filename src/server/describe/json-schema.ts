import { z } from "zod";

type Json = Record<string, unknown>;

/** Schemas of a description, as callers give them; those with a name of their own stand once, under `#/components/schemas`. */
export class SchemaBook {
  readonly #named = new Map<string, Json>();

  /** The schema, with references to the named ones in it. */
  of(schema: z.ZodType): Json {
    const made = z.toJSONSchema(schema, { io: "input", target: "draft-2020-12" }) as Json;
    const { $schema: _, $defs = {}, ...json } = made;
    for (const [name, definition] of Object.entries($defs as Json)) this.#named.set(name, referred(definition) as Json);
    return referred(json) as Json;
  }

  /** The named ones, by name. */
  get named(): Json {
    return Object.fromEntries([...this.#named].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

/** With references to where the named ones stand, and without the names themselves. */
function referred(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(referred);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([key, inner]) => key !== "id" || typeof inner !== "string");
  return Object.fromEntries(
    kept.map(([key, inner]) =>
      key === "$ref" && typeof inner === "string"
        ? [key, inner.replace("#/$defs/", "#/components/schemas/")]
        : [key, referred(inner)],
    ),
  );
}
