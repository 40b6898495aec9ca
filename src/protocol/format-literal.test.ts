import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { parse as parseToml } from "smol-toml";
import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import type { JsonValue } from "../space/json.ts";
import { formatLiteral } from "./format-literal.ts";

const json = fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)) as JsonValue);
const noNull = json.filter((value) => !JSON.stringify(value).includes("null"));

describe("formatLiteral", () => {
  it("is read back as the same value", () => {
    fc.assert(
      fc.property(json, fc.boolean(), (value, isFloat) => {
        expect(JSON.parse(formatLiteral(value, "json", isFloat))).toEqual(value);
        for (const version of ["1.1", "1.2"] as const) {
          expect(parseYaml(formatLiteral(value, "yaml", isFloat), { version })).toEqual(value);
        }
      }),
    );
    fc.assert(
      fc.property(noNull, fc.boolean(), (value, isFloat) => {
        const plain = JSON.parse(JSON.stringify(parseToml(`x = ${formatLiteral(value, "toml", isFloat)}`)));
        expect(plain).toEqual({ x: value });
      }),
    );
  });

  it.each([
    [1, "yaml", true, "1.0"],
    [1, "json", false, "1"],
    [1e-7, "yaml", true, "1.0e-7"],
    [1.5e300, "toml", true, "1.5e+300"],
    [true, "python", false, "True"],
    [null, "python", false, "None"],
    [[64, "a"], "python", false, '[64, "a"]'],
    ["adam", "hydra", false, "adam"],
    ["true", "hydra", false, "'true'"],
    ["1e5", "hydra", false, "'1e5'"],
    ["it's \\", "hydra", false, "'it\\'s \\\\'"],
    [{ a: [1, 2] }, "hydra", false, "{a:[1,2]}"],
    [{ a: 1 }, "toml", false, "{a = 1}"],
  ] as const)("writes %j for %s", (value, syntax, isFloat, text) => {
    expect(formatLiteral(value as JsonValue, syntax, isFloat)).toBe(text);
  });

  it("is a literal of Python's", (context) => {
    const values = [true, null, "it's \"\\\n\u0001é", [1, 2.5, ["x"]], { a: 1e-7 }];
    const text = values.map((value) => formatLiteral(value as JsonValue, "python", false)).join(", ");
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
    expect(() => formatLiteral([null], "toml", false)).toThrow(/TOML has no null/);
  });
});
