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
      /** An object of the shape, of which copies are made; where `isSame`, all are this one. */
      readonly model: Readonly<Record<string, unknown>>;
      readonly isSame: boolean;
      /** Of one that holds no objects: which was copied last, and its copy. */
      readonly last: { given: object; copy: Readonly<Record<string, unknown>> } | null;
    };

type ObjectShape = Extract<Shape, { readonly kind: "object" }>;

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
   * list. Nobody changes the object from then on.
   */
  static of(value: JsonValue, like: EventShape | null): EventShape | null {
    const shape = shapeOf(value, like === null ? null : like.#shape);
    return shape === null ? null : new EventShape(shape);
  }

  /**
   * Writes the object's leaves, and answers a copy of it: what `jsonCopy` gives; null for one of another shape, of which some leaves may have
   * been written. Half the price of a copy that is then written.
   */
  take(value: object, leaves: ShapeLeaves): object | null {
    return this.#shape.kind === "object" ? take(this.#shape, value, leaves) : null;
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
  const model: Record<string, unknown> = { ...value };
  for (const key of keys) {
    const known = before?.members[before.keys.indexOf(key)] ?? null;
    const member = shapeOf((value as Readonly<Record<string, JsonValue>>)[key]!, known);
    if (member === null) return null;
    members.push(member);
    if (member.kind === "object") model[key] = member.model;
  }
  const isSame = members.every((member) => member.kind === "same" || (member.kind === "object" && member.isSame));
  // Many events share it.
  if (isSame) Object.freeze(model);
  const last = isSame || members.some(({ kind }) => kind === "object") ? null : { given: model, copy: model };
  return { kind: "object", keys, members, model, isSame, last };
}

function take(shape: ObjectShape, value: object, leaves: ShapeLeaves): object | null {
  if (!isPlain(value)) return null;
  const { keys, members } = shape;
  // As the model is, so that it costs no more than its bytes; what JSON does not know, like symbols, is not copied.
  const copy: Record<string, unknown> = shape.isSame ? shape.model : { ...shape.model };
  let at = 0;
  for (const key in value) {
    if (key !== keys[at]) return null;
    const member = members[at++]!;
    const given = (value as Record<string, unknown>)[key];
    if (member.kind === "same") {
      if (given !== member.value) return null;
      continue;
    }
    const taken = member.kind === "object" ? takeInner(member, given, leaves) : takeLeaf(member.kind, given, leaves);
    if (taken === null) return null;
    if (!shape.isSame) copy[key] = taken;
  }
  if (at !== keys.length) return null;
  return shape.last === null ? copy : once(shape.last, value, copy);
}

/** One copy of an object that came with the event before too, as the process of owners does; unless it was changed meanwhile. */
function once(last: NonNullable<ObjectShape["last"]>, given: object, copy: Readonly<Record<string, unknown>>): object {
  if (given === last.given && isAlike(copy, last.copy)) return last.copy;
  last.given = given;
  last.copy = copy;
  return copy;
}

function isAlike(one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>): boolean {
  for (const key in one) if (one[key] !== other[key]) return false;
  return true;
}

function takeInner(shape: ObjectShape, given: unknown, leaves: ShapeLeaves): object | null {
  return typeof given === "object" && given !== null ? take(shape, given, leaves) : null;
}

function takeLeaf(kind: "number" | "text", given: unknown, leaves: ShapeLeaves): number | string | null {
  if (kind === "text") {
    if (typeof given !== "string") return null;
    leaves.text(given);
    return given;
  }
  // JSON makes others of these.
  if (typeof given !== "number" || !Number.isFinite(given) || Object.is(given, -0)) return null;
  leaves.number(given);
  return given;
}

/** Nothing that JSON would ask for another form, and no list. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && !("toJSON" in value);
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
