import { expect, it } from "vitest";
import { KnownOrder } from "./known-order.ts";

it("knows the order of the query that came last, as of its revision", () => {
  const order = new KnownOrder();
  expect(order.of("", -1)).toEqual(new Int32Array(0));
  const numbers = Int32Array.of(3, 1, 2);
  order.keep("by loss", 7, numbers);
  expect(order.of("by loss", 7)).toBe(numbers);
  expect([order.of("by loss", 8), order.of("by x", 7), order.of("", -1)]).toEqual([null, null, null]);
});
