import { expect, it } from "vitest";
import { GrowingNumbers } from "./growing-numbers.ts";

function filled(length: number): GrowingNumbers {
  const numbers = new GrowingNumbers();
  for (let place = 0; place < length; place++) numbers.add(place / 3);
  return numbers;
}

const PIECE = 16_384;

it("has each number in its place, over the ends of its pieces", () => {
  const numbers = filled(3 * PIECE + 5);
  expect(numbers.length).toBe(3 * PIECE + 5);
  for (const place of [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE - 1, 3 * PIECE, 3 * PIECE + 4])
    expect(numbers.at(place)).toBe(place / 3);
});

it.each([0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 5, 9 * PIECE])(
  "goes on behind what was left of it (%i)",
  (length) => {
    const numbers = filled(2 * PIECE + 5);
    numbers.cut(length);
    const left = Math.min(length, 2 * PIECE + 5);
    expect(numbers.length).toBe(left);
    for (let more = 0; more < PIECE + 9; more++) numbers.add(-1 - more);
    expect(numbers.length).toBe(left + PIECE + 9);
    for (let place = 0; place < numbers.length; place += 97)
      expect(numbers.at(place)).toBe(place < left ? place / 3 : left - place - 1);
    expect(numbers.at(numbers.length - 1)).toBe(-PIECE - 9);
  },
);
