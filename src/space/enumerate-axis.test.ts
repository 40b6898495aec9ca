import { describe, expect, it } from "vitest";
import { enumerateAxis } from "./enumerate-axis.ts";
import { parseParameterText } from "./text/parse-parameter-text.ts";

const axis = (text: string, points?: number) => enumerateAxis(parseParameterText(text, "x"), points);

describe("enumerateAxis", () => {
  it.each([
    ["1..6", [1, 2, 3, 4, 5, 6]],
    ["1..9 step 3", [1, 4, 7]],
    ["0..1 step 0.25", [0, 0.25, 0.5, 0.75, 1]],
    ["0.0..1", [0, 0.25, 0.5, 0.75, 1]],
    ["1e-5..1e-1 log", [1e-5, 1e-4, 1e-3, 1e-2, 1e-1]],
    ["0 | 1e-4..1.0 log", [0, 1e-4, 1e-3, 1e-2, 1e-1, 1]],
    ["a | b", ["a", "b"]],
    ["true | false", [false, true]],
    ["s < m < l", ["s", "m", "l"]],
    ["= 3", [3]],
  ])("takes of %j all values, or five", (text, expected) => {
    expect(axis(text)).toEqual(expected);
  });

  it("takes as many points as asked for, ends included, none twice", () => {
    expect(axis("0.0..1", 3)).toEqual([0, 0.5, 1]);
    expect(axis("0.0..1", 1)).toEqual([0.5]);
    expect(axis("1..100", 3)).toEqual([1, 51, 100]);
    expect(axis("1..3", 10)).toEqual([1, 2, 3]);
    expect(axis("16..512 log", 6)).toEqual([16, 32, 64, 128, 256, 512]);
    expect(axis("1..9 step 3", 2)).toEqual([1, 7]);
  });

  it("refuses what cannot be", () => {
    expect(() => axis("1..1000000")).toThrow(/1000000 values.*points/);
    expect(() => axis("1..6", 0)).toThrow(/from 1 to/);
    expect(() => axis("a | b", 2)).toThrow(/floats and ints only/);
  });
});
