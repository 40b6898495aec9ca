import { describe, expect, it } from "vitest";
import { Xoshiro128 } from "./xoshiro.ts";

describe("Xoshiro128", () => {
  it("gives the numbers of the reference implementation for state 1, 2, 3, 4", () => {
    const stream = new Xoshiro128(1, 2, 3, 4);
    const drawn = Array.from({ length: 10 }, () => stream.uint32());
    expect(drawn).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  it("leaves the all-zero state", () => {
    const stream = new Xoshiro128(0, 0, 0, 0);
    expect(new Set(Array.from({ length: 20 }, () => stream.uint32())).size).toBeGreaterThan(15);
  });
});
