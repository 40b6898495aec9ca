import { expect, it } from "vitest";
import { outlookWords } from "./outlook-words.ts";

it("says what half as many trials again are expected to bring, and how likely nothing does", () => {
  const told = { more: 20, best: 0.5, expected: 0.45, low: 0.4, high: 0.5, chance: 0.7 };
  expect(outlookWords(told)).toBe(
    "20 more trials, half as many again, are expected to bring the best from 0.5 to 0.45 (0.4 to 0.5 with 95 %); the chance that nothing better comes is 30 %",
  );
  expect(outlookWords({ ...told, chance: 1 })).toMatch(/with 95 %\)$/);
});
