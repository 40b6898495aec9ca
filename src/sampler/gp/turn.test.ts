import { expect, it } from "vitest";
import { leapOf, turnOf } from "./turn.ts";

it("leaps only in a draw's turn: in each with conditions, else in every second", () => {
  const numbers = Array.from({ length: 12 }, (_, number) => number);
  const drawn = (hasConditions: boolean) => numbers.filter((number) => turnOf(number, hasConditions) === "drawn");
  const leaping = (hasConditions: boolean) =>
    numbers.filter((number) => leapOf(turnOf(number, hasConditions), number, hasConditions) > 0);
  expect(leaping(true)).toEqual(drawn(true));
  expect(leaping(false)).toEqual([5, 11]);
  expect(drawn(false)).toEqual([2, 5, 8, 11]);
});
