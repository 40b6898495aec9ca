import { expect, it } from "vitest";
import { formatBytes } from "./format-bytes.ts";

it.each([
  [0, "0 B"],
  [512, "512 B"],
  [999, "999 B"],
  [999.5, "1 kB"],
  [1_234, "1.23 kB"],
  [999_499, "999 kB"],
  [999_500, "1 MB"],
  [3_210_000_000, "3.21 GB"],
  [2e12, "2 TB"],
  [5e15, "5000 TB"],
])("%d is %s", (bytes, words) => {
  expect(formatBytes(bytes)).toBe(words);
});
