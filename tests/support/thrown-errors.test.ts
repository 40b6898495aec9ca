import { expect, it } from "vitest";

const throws = (value: unknown) => (): never => {
  throw value;
};

it.each([undefined, null])("takes %s for no error that was thrown", async (nothing) => {
  expect(() => expect(throws(nothing)).toThrow(/text/)).toThrow(/undefined or null was/);
  expect(() => expect(throws(nothing)).toThrow()).toThrow(/undefined or null was/);
  await expect(expect(Promise.reject(nothing)).rejects.toThrow(/text/)).rejects.toThrow(/undefined or null was/);
});

it("leaves other checks as they are", () => {
  expect(throws(new Error("a text"))).toThrow(/text/);
  expect(() => 1).not.toThrow();
  expect(() => expect(() => 1).toThrow()).toThrow(/to throw/);
  expect(() => expect(throws(new Error("other"))).toThrow("text")).toThrow(/other/);
});
