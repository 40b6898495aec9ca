import { expect, it } from "vitest";
import type { JsonValue } from "../../space/json.ts";
import { EventShape, type ShapeLeaves } from "./event-shape.ts";

/** What is written of a value in a shape: its leaves, or null for one of another shape. */
function leavesOf(shape: EventShape, value: JsonValue): readonly (number | string)[] | null {
  const told: (number | string)[] = [];
  const leaves: ShapeLeaves = { number: (value) => told.push(value), text: (value) => told.push(value) };
  return shape.write(value, leaves) ? told : null;
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
