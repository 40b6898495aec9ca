import { expect, it } from "vitest";
import type { JsonValue } from "../../space/json.ts";
import { EventShape, type ShapeLeaves } from "./event-shape.ts";

/** What is written of a value in a shape: its leaves, or null for one of another shape. */
function leavesOf(shape: EventShape, value: JsonValue): readonly (number | string)[] | null {
  const told: (number | string)[] = [];
  const leaves: ShapeLeaves = { number: (value) => told.push(value), text: (value) => told.push(value) };
  const copy = shape.take(value as object, leaves);
  if (copy === null) return null;
  expect(copy).toEqual(value);
  expect(JSON.stringify(copy)).toBe(JSON.stringify(value));
  expect(copy).not.toBe(value);
  return told;
}

function readFrom(shape: EventShape, told: readonly (number | string)[]): JsonValue {
  const rest = [...told];
  const next = (): never => rest.shift() as never;
  return shape.read({ number: next, text: next });
}

const FIRST = { type: "finished", state: "complete", values: { loss: 1 }, soon: true, note: null };

it("keeps texts, true, false and null with the shape, and numbers beside it", () => {
  const shape = EventShape.of(FIRST, null)!;
  expect(leavesOf(shape, FIRST)).toEqual([1]);
  expect(leavesOf(shape, { ...FIRST, values: { loss: 2.5 } })).toEqual([2.5]);
  expect(readFrom(shape, [2.5])).toEqual({ ...FIRST, values: { loss: 2.5 } });
});

it.each([
  ["another text", { ...FIRST, type: "started" }],
  ["another truth", { ...FIRST, soon: false }],
  ["no null", { ...FIRST, note: "late" }],
  ["a text for a number", { ...FIRST, values: { loss: "1" } }],
  ["another name", { ...FIRST, values: { cost: 1 } }],
  ["a name more", { ...FIRST, more: 1 }],
  ["a list", { ...FIRST, values: [1] }],
  ["a number for an object", { ...FIRST, values: 1 }],
])("takes none with %s", (_what, value) => expect(leavesOf(EventShape.of(FIRST, null)!, value)).toBeNull());

it("keeps a text beside the shape once two of them differ, and only then", () => {
  const like = EventShape.of(FIRST, null);
  const second = { ...FIRST, state: "failed" };
  const both = EventShape.of(second, like)!;
  expect(leavesOf(both, FIRST)).toEqual(["complete", 1]);
  expect(leavesOf(both, second)).toEqual(["failed", 1]);
  expect(leavesOf(both, { ...second, type: "started" })).toBeNull();
  expect(readFrom(both, ["failed", 1])).toEqual(second);
  expect(leavesOf(EventShape.of(FIRST, both)!, second)).toEqual(["failed", 1]);
});

it("has none for a list, nor for a name that cannot be assigned", () => {
  expect(EventShape.of({ reports: [1] }, null)).toBeNull();
  expect(EventShape.of(JSON.parse('{"a": {"__proto__": 1}}'), null)).toBeNull();
});

const ignore: ShapeLeaves = { number: () => undefined, text: () => undefined };

it.each([
  ["minus zero", { ...FIRST, values: { loss: -0 } }],
  ["a number that is none", { ...FIRST, values: { loss: Number.NaN } }],
  ["a form of its own for JSON", { ...FIRST, values: Object.assign(Object.create({ toJSON: () => 1 }), { loss: 1 }) }],
  ["members of its kind", { ...FIRST, values: Object.assign(Object.create({ cost: 1 }), { loss: 1 }) }],
])("leaves %s to who knows what JSON makes of it", (_what, value) =>
  expect(EventShape.of(FIRST, null)!.take(value, ignore)).toBeNull(),
);

it("copies what JSON knows, and shares nothing with the original", () => {
  const key = Symbol("of the caller");
  const given = { ...FIRST, values: { loss: 2, [key]: {} } };
  const copy = EventShape.of(FIRST, null)!.take(given, ignore) as typeof given;
  expect(Object.getOwnPropertySymbols(copy.values)).toEqual([]);
  given.values.loss = 3;
  expect(copy.values.loss).toBe(2);
});

it("gives all events one object where none differs from the others, which nobody can change", () => {
  const [one, two] = [1, 2].map((x) => ({ x, end: { outcome: "ok", inputs: {} } }));
  const shape = EventShape.of(one!, null)!;
  const copies = [one!, two!].map((each) => shape.take(each, ignore) as typeof one & object);
  expect(copies).toEqual([one, two]);
  expect(copies[0]!.end).toBe(copies[1]!.end);
  expect(copies[0]!.end).not.toBe(one!.end);
  expect(Object.isFrozen(copies[0]!.end) && Object.isFrozen(copies[0]!.end.inputs)).toBe(true);
});

it("copies an object that comes with event after event once, and anew after a change", () => {
  const worker = { pid: 7, host: "a" };
  const shape = EventShape.of({ token: "t", worker: { ...worker } }, null)!;
  const take = () => (shape.take({ token: "t", worker }, ignore) as { readonly worker: object }).worker;
  const [one, two] = [take(), take()];
  expect(two).toBe(one);
  worker.pid = 8;
  expect(take()).toEqual({ pid: 8, host: "a" });
  expect(one).toEqual({ pid: 7, host: "a" });
  const alike = shape.take({ token: "t", worker: { ...worker } }, ignore) as { readonly worker: object };
  expect(alike.worker).not.toBe(take());
});
