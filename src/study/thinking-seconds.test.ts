import { expect, it } from "vitest";
import { thinkingSeconds } from "./thinking-seconds.ts";

const think = (given: unknown, name = "gp"): number | null =>
  thinkingSeconds({ name, options: given === undefined ? {} : { think: given as string } });

it.each([
  ["1ms", 0.001],
  ["50ms", 0.05],
  ["60s", 60],
  ["1m", 60],
])("%s is %d s", (given, seconds) => expect(think(given)).toBe(seconds));

it.each(["0.9ms", "61s", "59.9", "soon", "0s", "2m", "1", ""])("refuses %j", (given) => {
  expect(() => think(given)).toThrow(`think is "${given}"; give the time that a suggestion may take, with its unit`);
});

it("is no time where none is given, or the sampler has no such option", () => {
  expect(think(undefined)).toBeNull();
  expect(think(1000)).toBeNull();
  expect(think("1s", "random")).toBeNull();
});
