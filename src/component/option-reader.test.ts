import { describe, expect, it } from "vitest";
import type { JsonValue } from "../space/json.ts";
import { OptionReader } from "./option-reader.ts";

const reader = (options: Readonly<Record<string, JsonValue>>) => new OptionReader("sampler grid", options);
const RANGE = { default: 5, low: 1, high: 9 };

describe("OptionReader", () => {
  it("gives what was given, and the fallback where nothing was", () => {
    const given = reader({
      flag: false,
      count: 3,
      share: 0.5,
      text: "a",
      texts: ["a", "b"],
      word: "b",
      points: { x: 2 },
    });
    expect(given.boolean("flag", true)).toBe(false);
    expect(given.boolean("other", true)).toBe(true);
    expect([given.integer("count", RANGE), given.integer("n", RANGE)]).toEqual([3, 5]);
    expect([given.count("count", RANGE), given.count("m", RANGE)]).toEqual([3, null]);
    expect([given.number("share", { default: 2, low: 0, high: 1 }), given.number("y", RANGE)]).toEqual([0.5, 5]);
    expect([given.text("text", "a text"), given.text("none", "a text")]).toEqual(["a", null]);
    expect([given.texts("texts", "texts"), given.texts("t", "texts")]).toEqual([["a", "b"], null]);
    expect([given.word("word", ["a", "b"], "a"), given.word("w", ["a", "b"], "a")]).toEqual(["b", "a"]);
    expect([given.record("points", "an object"), given.record("p", "an object")]).toEqual([{ x: 2 }, {}]);
    expect(() => given.done()).not.toThrow();
  });

  it("takes both ends of a range", () => {
    for (const end of [1, 9]) {
      expect(reader({ n: end }).integer("n", RANGE)).toBe(end);
      expect(reader({ n: end }).number("n", RANGE)).toBe(end);
      expect(reader({ n: end }).count("n", RANGE)).toBe(end);
    }
  });

  it.each<[JsonValue, (options: OptionReader) => unknown, string]>([
    [1, (options) => options.boolean("x", true), "1; it takes true or false"],
    [0, (options) => options.integer("x", RANGE), "0; it takes a whole number from 1 to 9"],
    [10, (options) => options.integer("x", RANGE), "10; it takes a whole number from 1 to 9"],
    [1.5, (options) => options.integer("x", RANGE), "1.5; it takes a whole number from 1 to 9"],
    ["3", (options) => options.integer("x", RANGE), '"3"; it takes a whole number from 1 to 9'],
    [0.5, (options) => options.count("x", RANGE), "0.5; it takes a whole number from 1 to 9"],
    [0.5, (options) => options.number("x", RANGE), "0.5; it takes a number from 1 to 9"],
    [9.5, (options) => options.number("x", RANGE), "9.5; it takes a number from 1 to 9"],
    ["3", (options) => options.number("x", RANGE), '"3"; it takes a number from 1 to 9'],
    [3, (options) => options.text("x", "a path"), "3; it takes a path"],
    ["a", (options) => options.texts("x", "a list of words"), '"a"; it takes a list of words'],
    [["a", 1], (options) => options.texts("x", "a list of words"), '["a",1]; it takes a list of words'],
    [{ a: "b" }, (options) => options.texts("x", "a list of words"), '{"a":"b"}; it takes a list of words'],
    ["c", (options) => options.word("x", ["a", "b"], "a"), '"c"; it takes one of a, b'],
    [[1], (options) => options.record("x", "an object of counts"), "[1]; it takes an object of counts"],
    [null, (options) => options.record("x", "an object of counts"), "null; it takes an object of counts"],
    ["a", (options) => options.record("x", "an object of counts"), '"a"; it takes an object of counts'],
  ])("refuses %j (%#)", (value, read, message) => {
    expect(() => read(reader({ x: value }))).toThrow(
      expect.objectContaining({
        code: "invalid-argument",
        message: `sampler grid: option x is ${message}.`,
        data: expect.objectContaining({ option: "x" }),
      }),
    );
  });

  it("refuses an option that nobody asked for, with those there are and the nearest word", () => {
    const given = reader({ pionts: 3 });
    given.integer("points", RANGE);
    given.boolean("shuffle", false);
    expect(() => given.done()).toThrow(
      expect.objectContaining({
        message: 'sampler grid has no option pionts; allowed are points, shuffle. Did you mean "points"?',
        data: { option: "pionts", allowed: ["points", "shuffle"] },
      }),
    );
    expect(() => reader({ a: 1 }).done()).toThrow(/sampler grid has no option a; sampler grid takes no options\./);
  });

  it("knows nothing of what every object has", () => {
    expect(reader({}).text("toString", "a text")).toBe(null);
  });

  it("makes the error for checks of others", () => {
    expect(reader({}).refuse("x", [2], "one of three")).toMatchObject({
      message: "sampler grid: option x is [2]; it takes one of three.",
    });
  });
});
