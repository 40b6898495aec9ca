import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SpelledNumber } from "../space/spelled.ts";
import { formatPlaced } from "./format-placed.ts";

const one = new SpelledNumber(1, "1.0");

describe("formatPlaced", () => {
  it.each([
    [one, "equals", "value", "1.0"],
    [one, "space", "part", "1.0"],
    ["a b", "equals", "value", "a b"],
    [true, "python", "value", "True"],
    [true, "python", "part", "true"],
    [null, "python", "value", "None"],
    ["adam", "python", "value", '"adam"'],
    ["adam", "python", "part", "adam"],
    ["a b", "hydra", "value", "'a b'"],
    ["it's", "hydra", "single", "it\\'s"],
    ['say "x"', "hydra", "double", 'say \\"x\\"'],
    ["it's \\", "hydra", "double", "it's \\\\"],
    [one, "hydra", "single", "1.0"],
    [[one, 2], "python", "value", "[1.0, 2]"],
  ] as const)("writes %j in the style %s at a %s place as %s", (value, style, role, text) => {
    expect(formatPlaced(value, style, role)).toBe(text);
  });

  it("stays inside Python's quotes, whatever the text", (context) => {
    const texts = fc
      .sample(fc.string({ unit: "binary" }), { numRuns: 100, seed: 1 })
      .filter((text) => text.isWellFormed());
    const words = texts.flatMap((text) => [
      `"${formatPlaced(text, "python", "double")}"`,
      `'${formatPlaced(text, "python", "single")}'`,
    ]);
    const program = "import ast,json,sys; print(json.dumps([ast.literal_eval(w) for w in json.load(sys.stdin)]))";
    try {
      const out = execFileSync("python3", ["-c", program], { encoding: "utf8", input: JSON.stringify(words) });
      expect(JSON.parse(out)).toEqual(texts.flatMap((text) => [text, text]));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT" || process.env.CI) throw error;
      context.skip("there is no python3 here");
    }
  });
});
