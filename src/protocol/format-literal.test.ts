import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { parse as parseToml } from "smol-toml";
import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import type { JsonValue } from "../space/json.ts";
import { type Spelled, SpelledNumber } from "../space/spelled.ts";
import { formatLiteral } from "./format-literal.ts";

const json = fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)) as JsonValue);
const noNull = json.filter((value) => !JSON.stringify(value).includes("null"));

const spelled = (text: string) => new SpelledNumber(Number(text), text);

describe("formatLiteral", () => {
  it("is read back as the same value", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(formatLiteral(value, "json"))).toEqual(value);
        for (const version of ["1.1", "1.2"] as const) {
          expect(parseYaml(formatLiteral(value, "yaml"), { version })).toEqual(value);
        }
      }),
    );
    fc.assert(
      fc.property(noNull, (value) => {
        const plain = JSON.parse(JSON.stringify(parseToml(`x = ${formatLiteral(value, "toml")}`)));
        expect(plain).toEqual({ x: value });
      }),
    );
  });

  it.each([
    [new SpelledNumber(1, "1.0"), "yaml", "1.0"],
    [1, "json", "1"],
    [1e-7, "yaml", "1.0e-7"],
    [1.5e300, "toml", "1.5e+300"],
    [spelled("1e-4"), "yaml", "1.0e-4"],
    [spelled("1e4"), "yaml", "1.0e+4"],
    [spelled(".5"), "json", "0.5"],
    [spelled("-.5e3"), "toml", "-0.5e+3"],
    [spelled("5."), "python", "5.0"],
    [spelled("+1"), "hydra", "1"],
    [spelled("0.50"), "json", "0.50"],
    [[spelled("0.0"), 1, { a: spelled("2.0") }], "python", '[0.0, 1, {"a": 2.0}]'],
    [true, "python", "True"],
    [null, "python", "None"],
    [[64, "a"], "python", '[64, "a"]'],
    ["a\u0085\u2028\ufeff\u007f", "yaml", '"a\\u0085\\u2028\\ufeff\\u007f"'],
    ["adam", "hydra", "adam"],
    ["true", "hydra", "'true'"],
    ["1e5", "hydra", "'1e5'"],
    ["it's \\", "hydra", "'it\\'s \\\\'"],
    [{ a: [1, 2] }, "hydra", "{a:[1,2]}"],
    [{ a: 1 }, "toml", "{a = 1}"],
  ] as const)("writes %j for %s", (value, syntax, text) => {
    expect(formatLiteral(value as Spelled, syntax)).toBe(text);
  });

  it("is a literal of Python's", (context) => {
    const values = [true, null, "it's \"\\\n\u0001é", [1, 2.5, ["x"]], { a: 1e-7 }];
    const text = values.map((value) => formatLiteral(value as JsonValue, "python")).join(", ");
    const program = "import ast,json,sys; print(json.dumps(ast.literal_eval(sys.argv[1])))";
    try {
      const out = execFileSync("python3", ["-c", program, `[${text}]`], { encoding: "utf8" });
      expect(JSON.parse(out)).toEqual(values);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT" || process.env.CI) throw error;
      context.skip("there is no python3 here");
    }
  });

  it("has no null for TOML", () => {
    expect(() => formatLiteral([null], "toml")).toThrow(/TOML has no null/);
  });
});
