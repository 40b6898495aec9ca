import { expect, it } from "vitest";
import { parseSize } from "./given-setting.ts";

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
