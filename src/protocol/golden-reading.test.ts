import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { disturbedReadings, GOLDEN_DISTURBED, GOLDEN_READING, goldenReadings } from "./golden-reading.testing.ts";

const way = "if the new reading is meant, `node tests/golden/record-reading.ts` writes it down";
const lines = (text: string): readonly string[] => text.split("\n");

it.each([
  ["real programs' outputs", GOLDEN_READING, goldenReadings],
  ["the same with something amiss", GOLDEN_DISTURBED, disturbedReadings],
] as const)("the newest rules read of %s what they did", (_what, file, readings) => {
  const [before, now] = [lines(readFileSync(file, "utf8")), lines(readings())];
  expect(
    now.filter((line) => !before.includes(line)),
    way,
  ).toEqual([]);
  expect(now, way).toEqual(before);
});
