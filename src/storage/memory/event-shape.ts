import type { JsonValue } from "../../space/json.ts";

/** What is kept of an event beside its shape: its numbers, and those of its texts that are others in each event. */
export interface ShapeLeaves {
  number(value: number): void;
  text(value: string): void;
}

/** The same, read in turn. */
export interface ShapeSource {
  number(): number;
  text(): string;
}

type Same = string | boolean | null;

/** What values at one place of events of a shape are. */
type Shape =
  | { readonly kind: "number" | "text" }
  | { readonly kind: "same"; readonly value: Same }
  | {
      readonly kind: "object";
      readonly keys: readonly string[];
      readonly members: readonly Shape[];
    };

const NUMBER: Shape = { kind: "number" };
const TEXT: Shape = { kind: "text" };

/** Objects of JSON that differ in numbers and some texts alone, as one form for all and the leaves of each. */
export class EventShape {
  readonly #shape: Shape;

  private constructor(shape: Shape) {
    this.#shape = shape;
  }

  /**
   * A shape of which the object is, and those of `like` besides, as far as they have the same members; null for one that has none: it holds a
   * list.
   */
  static of(value: JsonValue, like: EventShape | null): EventShape | null {
    const shape = shapeOf(value, like === null ? null : like.#shape);
    return shape === null ? null : new EventShape(shape);
  }

  /** Writes the object's leaves; false for one of another shape, of which some may have been written. */
  write(value: JsonValue, leaves: ShapeLeaves): boolean {
    return write(this.#shape, value, leaves);
  }

  /** The object of these leaves, made anew. */
  read(source: ShapeSource): JsonValue {
    return read(this.#shape, source);
  }
}

function shapeOf(value: JsonValue, like: Shape | null): Shape | null {
  if (typeof value === "number") return NUMBER;
  if (typeof value !== "object" || value === null) {
    const differs = like !== null && typeof value === "string" && !(like.kind === "same" && like.value === value);
    const isText = differs && (like.kind === "text" || (like.kind === "same" && typeof like.value === "string"));
    return isText ? TEXT : { kind: "same", value };
  }
  if (Array.isArray(value)) return null;
  const keys = Object.keys(value);
  // What cannot be made by assigning.
  if (keys.includes("__proto__")) return null;
  const before = like?.kind === "object" ? like : null;
  const members: Shape[] = [];
  for (const key of keys) {
    const known = before?.members[before.keys.indexOf(key)] ?? null;
    const member = shapeOf((value as Readonly<Record<string, JsonValue>>)[key]!, known);
    if (member === null) return null;
    members.push(member);
  }
  return { kind: "object", keys, members };
}

function write(shape: Shape, value: JsonValue | undefined, leaves: ShapeLeaves): boolean {
  switch (shape.kind) {
    case "number":
      if (typeof value !== "number") return false;
      leaves.number(value);
      return true;
    case "text":
      if (typeof value !== "string") return false;
      leaves.text(value);
      return true;
    case "same":
      return value === shape.value;
    case "object":
      return typeof value === "object" && value !== null && writeMembers(shape, value, leaves);
  }
}

function writeMembers(
  { keys, members }: Extract<Shape, { kind: "object" }>,
  value: object,
  leaves: ShapeLeaves,
): boolean {
  if (Array.isArray(value)) return false;
  let at = 0;
  for (const key in value) {
    if (key !== keys[at] || !write(members[at]!, (value as Record<string, JsonValue>)[key], leaves)) return false;
    at++;
  }
  return at === keys.length;
}

function read(shape: Shape, source: ShapeSource): JsonValue {
  switch (shape.kind) {
    case "number":
      return source.number();
    case "text":
      return source.text();
    case "same":
      return shape.value;
    case "object": {
      const made: Record<string, JsonValue> = {};
      for (const [at, key] of shape.keys.entries()) made[key] = read(shape.members[at]!, source);
      return made;
    }
  }
}
