import { expect, it } from "vitest";
import { parseSize, readNumber } from "./given-setting.ts";

const setting = (value: unknown) => ({ value, label: "--min-delta", position: null });

it.each([
  [0.5, 0.5],
  ["-1e-3", -0.001],
  [" .5 ", 0.5],
])("reads the number %j", (value, number) => expect(readNumber(setting(value))).toBe(number));

it.each(["", " ", "0x10", "0b1", "0o7", "1e999", "Infinity", "1_000", "1,5", "five"])(
  "takes no %j for a number",
  (text) => expect(() => readNumber(setting(text))).toThrow(`--min-delta is "${text}"; give a number.`),
);

it.each([
  ["500", 500],
  ["500MB", 500e6],
  ["1.5 GB", 1.5e9],
  ["8GiB", 8 * 2 ** 30],
  ["8g", 8 * 2 ** 30],
  [".5k", 512],
  ["0", 0],
])("reads %s", (text, bytes) => expect(parseSize(text)).toBe(bytes));

it.each(["", "GB", "-5MB", "5 apples", "1e3", "1,5GB", "1 2", "9999999TB"])("refuses %j", (text) =>
  expect(parseSize(text)).toBeNull(),
);
