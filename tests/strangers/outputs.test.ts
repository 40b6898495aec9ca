import { readdirSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { outputCases, outputPath } from "./output-cases.ts";
import { scoreLines, scoreOutputs } from "./score-outputs.ts";

const CASES = outputCases();

describe("outputs of strangers' programs", () => {
  it("are sixty, from at least 25 families and 5 languages", () => {
    expect(new Set(CASES.map(({ name }) => name)).size).toBe(60);
    expect(new Set(CASES.map(({ family }) => family)).size).toBeGreaterThanOrEqual(25);
    expect(new Set(CASES.map(({ language }) => language)).size).toBeGreaterThanOrEqual(5);
  });

  it("have a case for each file, and a file of at most 20 kB for each case", () => {
    const files = readdirSync(new URL("outputs/", import.meta.url)).map((file) => file.replace(/\.txt$/, ""));
    expect(files.sort()).toEqual(CASES.map(({ name }) => name).sort());
    expect(CASES.filter((of) => statSync(outputPath(of)).size > 20_000)).toEqual([]);
  });

  it.each(CASES)("$name: words of a goal, and at least one right answer", ({ words, expected, source }) => {
    expect(words[0]).toMatch(/^--(?:minimize|maximize)$/);
    expect(source).toMatch(/^(?:run of .*\d|https:\/\/)/);
    expect(expected.length).toBeGreaterThan(0);
  });

  it("are each judged; the score is printed, none is wrong and 57 are right", { timeout: 600_000 }, async () => {
    const judged = await scoreOutputs(CASES);
    console.log(scoreLines(judged).join("\n"));
    expect(judged.map(({ name }) => name)).toEqual(CASES.map(({ name }) => name));
    expect(judged.filter(({ verdict }) => verdict === "wrong")).toEqual([]);
    expect(judged.filter(({ verdict }) => verdict === "right").length).toBeGreaterThanOrEqual(57);
  });
});
