import { describe, expect, it } from "vitest";
import { metricLikeValues, plainText, stepOfObject, valueAtPath } from "./read-metric-line.ts";

describe("valueAtPath", () => {
  it("finds a key of its own before a path with dots, and paths through lists and keys with dots", () => {
    expect(valueAtPath({ "a.b": 1, a: { b: 2 } }, "a.b")).toBe(1);
    expect(valueAtPath({ a: { b: 2 } }, "a.b")).toBe(2);
    expect(valueAtPath({ a: { "b.c": 3 } }, "a.b.c")).toBe(3);
    expect(valueAtPath({ "a.b": { c: 4 }, a: { b: 5 } }, "a.b.c")).toBe(4);
    expect(valueAtPath({ folds: [{ acc: 6 }, { acc: 7 }] }, "folds.1.acc")).toBe(7);
    expect(valueAtPath({ a: { b: undefined, "b.c": 8 } }, "a.b.c")).toBe(8);
  });

  it("finds nothing where the path goes through no object, or that is inherited", () => {
    for (const held of [{ a: null }, { a: 3 }, { a: "b" }, {}, [], null, 3, "a.b", undefined])
      expect(valueAtPath(held, "a.b")).toBeUndefined();
    expect(valueAtPath({ a: {} }, "a.constructor")).toBeUndefined();
    expect(valueAtPath({ "": { a: 1 } }, ".a")).toBeUndefined();
  });
});

describe("metricLikeValues", () => {
  it.each([
    ["loss=0.5, acc : 3", ["loss", 0.5], ["acc", 3]],
    ["loss  =   0.5", ["loss", 0.5]],
    ["'loss' = 0.5; \"acc\": 3", ["loss", 0.5], ["acc", 3]],
    ["Accuracy on test set: 0.5", ["Accuracy on test set", 0.5]],
    ["epoch 3 loss = 2", ["loss", 2]],
    ["INFO best val loss: 2", ["val loss", 2]],
    ['{"a": {"b": 1, "c": [2]}, "d": "3"}', ["a.b", 1], ["d", 3]],
    ['{"a": {"b": {"c": {"d": 1}, "e": 2}}}', ["a.b.c.d", 1], ["a.b.e", 2]],
    ['{"a": {"b": {"c": {"d": {"e": 1}}}}}'],
    ["= 0.5"],
    ["3 = 0.5"],
    ["loss = none"],
    ["a==0.5"],
  ])("are read from %j", (line, ...found) => {
    expect(metricLikeValues(line)).toEqual(found);
  });
});

it("takes the finest step among an object's keys that is one", () => {
  expect(stepOfObject({ epoch: 3, step: 40 })).toBe(40);
  expect(stepOfObject({ epoch: "3", step: -1 })).toBe(3);
  expect(stepOfObject({ epoch: 0, step: 1.5 })).toBe(0);
  expect(stepOfObject({ loss: 3 })).toBeNull();
});

it("takes colours, other escape sequences and backspaces out of a line", () => {
  expect(plainText("\x1b[1;32mloss\x1b[0m=\x1b]8;;x\x070.5\x1b]8;;\x1b\\ \x1bM!\b\b")).toBe("loss=0.5 !");
});
