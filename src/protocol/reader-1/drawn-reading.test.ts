import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { drawnReadings, GOLDEN_DRAWN } from "./golden-reading.testing.ts";

it("version 1 reads of outputs that nobody printed what it ever did", () => {
  const [before, now] = [readFileSync(GOLDEN_DRAWN, "utf8").split("\n"), drawnReadings().split("\n")];
  const known = new Set(before);
  expect(now.filter((line) => !known.has(line))).toEqual([]);
  expect(now).toEqual(before);
});
