import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { GOLDEN_READING, goldenReadings } from "./golden-reading.testing.ts";

it("the newest rules read of real programs' outputs what they did", () => {
  const lines = (text: string): readonly string[] => text.split("\n");
  const [before, now] = [lines(readFileSync(GOLDEN_READING, "utf8")), lines(goldenReadings())];
  const way = "if the new reading is meant, `node tests/golden/record-reading.ts` writes it down";
  expect(
    now.filter((line) => !before.includes(line)),
    way,
  ).toEqual([]);
  expect(now, way).toEqual(before);
});
