import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { drawnReadings, GOLDEN_DRAWN } from "./golden-reading.testing.ts";

const way = "if the new reading is meant, `node tests/golden/record-reading.ts` writes it down";
const lines = (text: string): readonly string[] => text.split("\n");

it("the newest rules read of outputs that nobody printed what they did", () => {
  const [before, now] = [lines(readFileSync(GOLDEN_DRAWN, "utf8")), lines(drawnReadings())];
  const known = new Set(before);
  expect(
    now.filter((line) => !known.has(line)),
    way,
  ).toEqual([]);
  expect(now, way).toEqual(before);
});
