import { describe, expect, it } from "vitest";
import { worseningComparisons } from "./worsening-comparisons.ts";

describe("worseningComparisons", () => {
  it.each<[limit: string, worsens: readonly boolean[]]>([
    ["seconds <= 20", [true]],
    ["seconds < 2 * params.depth", [true]],
    ["20 >= seconds", [true]],
    ["seconds >= 20", [false]],
    ["loss <= 0.1", [false]],
    ["seconds + mb / 10 <= 20", [true]],
    ["seconds - mb <= 20", [false]],
    ["-2 * seconds >= -40", [true]],
    ["seconds * params.workers <= 20", [false]],
    ["max(seconds, mb) <= 20", [true]],
    ["abs(seconds - 20) <= 1", [false]],
    ["seconds + loss <= 20", [false]],
    ["log(seconds) <= 3 and loss <= 0.1 or mb <= 5", [true, false, true]],
    ["seconds == 20 within 1", [false]],
    ["1 / seconds <= 20", [false]],
  ])("%s", (limit, worsens) => {
    expect(worseningComparisons(limit, new Set(["seconds", "mb"]))).toEqual(worsens);
  });
});
