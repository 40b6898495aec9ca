import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { choice, float, ordinal } from "./builders.ts";
import { defineSpace } from "./define-space.ts";
import { formatParamValue } from "./format-param-value.ts";
import type { JsonValue } from "./json.ts";
import { jsonEqual } from "./json-equal.ts";
import { parseParamValue } from "./parse-param-value.ts";
import { parseParameterText } from "./text/parse-parameter-text.ts";

const parameter = (definition: ReturnType<typeof choice<JsonValue>>) => defineSpace({ x: definition }).parameters[0]!;
/** Texts that look like other values, and values that look like texts. */
const looksLike = fc.constantFrom<JsonValue>(
  ...[1, "1", "1.0", '"1"', '"\\"1\\""', true, "true", '"true"', null, "null", "", " ", " a", "a", "a ", "a,b", "a\nb"],
  ...["[1]", [1], ["1"], "[1.0]", "{}", {}, { a: 1 }, '{"a":1}', 0.0001, "1e-4", "0.0001", "'a'", "é|x", "-O2"],
);
const anything = fc.oneof(
  looksLike,
  fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)) as JsonValue),
);
const different = { minLength: 1, maxLength: 8, comparator: jsonEqual };

describe("formatParamValue", () => {
  it("writes what parseParamValue reads back, whatever the choices look like", () => {
    fc.assert(
      fc.property(fc.uniqueArray(anything, different), (values) => {
        for (const p of [parameter(choice(values)), defineSpace({ x: ordinal(values) }).parameters[0]!]) {
          for (const value of values) expect(parseParamValue(p, formatParamValue(p, value))).toEqual(value);
        }
      }),
    );
  });

  it("goes by the label where another choice is called like the value", () => {
    const p = parameter(choice<JsonValue>([1, 2, "two"], { labels: ["2", "1", "x"] }));
    for (const value of [1, 2, "two"]) expect(parseParamValue(p, formatParamValue(p, value))).toBe(value);
  });

  it("writes floats as floats, choices as the user did, and quotes only where it must", () => {
    const text = (of: string, value: JsonValue): string => formatParamValue(parseParameterText(of, "x"), value);
    expect(text("0.0..2", 1)).toBe("1.0");
    expect(text("0..2", 1)).toBe("1");
    expect(text("1.0 | 1e-4 | a", 1)).toBe("1.0");
    expect(text("1.0 | 1e-4 | a", 0.0001)).toBe("1e-4");
    expect(text('1 | "1" | a', "1")).toBe('"1"');
    expect(text('1 | "1" | a', 1)).toBe("1");
    expect(text('1 | "1" | a', "a")).toBe("a");
    expect(text('2 | "1"', "1")).toBe("1");
    expect(formatParamValue(defineSpace({ x: float(0, 2) }).parameters[0]!, 1, 1)).toBe("1");
  });
});
