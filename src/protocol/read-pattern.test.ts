import { describe, expect, it } from "vitest";
import type { LinePattern, PatternMatch } from "./line-pattern.ts";
import { readPattern } from "./read-pattern.ts";

/** The user's expression, by the built-in engine. */
function pattern(source: string): LinePattern {
  return {
    metric: "loss",
    matches: (line) =>
      [...line.matchAll(new RegExp(source, "dgu"))].map((match): PatternMatch => {
        const group = match.groups?.thousands !== undefined ? "thousands" : "value";
        const at = match.indices!.groups?.[group]?.[0] ?? match.indices![1]?.[0] ?? 0;
        return {
          text: match.groups?.[group] ?? match[1] ?? null,
          at,
          end: match.index + match[0].length,
          step: match.groups?.step ?? null,
          ...(group === "thousands" && { thousands: true }),
        };
      }),
  };
}
const read = (source: string, line: string) => readPattern(pattern(source), line);

describe("readPattern", () => {
  it.each<[string, string, number, number | null]>([
    ["loss=(?<value>\\S+)", "loss=0.5", 0.5, null],
    ["loss=(?<value>\\S+)", "loss=1 loss=2", 2, null],
    ["loss=(?<value>\\S+)", "loss=1 loss=none", 1, null],
    ["loss=(?<value>[^;]+)", "loss= 0.5 ;", 0.5, null],
    ["step (?<step>\\d+): (?<value>\\S+)", "step 12: -3e-4", -3e-4, 12],
    ["step (?<step>\\w+): (?<value>\\S+)", "step x: 3", 3, null],
    ["step (?<step>\\d+): (?<value>\\S+)", "step 1234567890123456: 3", 3, null],
    ["loss (?<value>[.\\d]+)\\.", "loss 3.", 3, null],
    ["is (?<value>\\d+)", "is 3.", 3, null],
    ["n=(?<thousands>[ \\d,.]+)", "n= 14,327 of 20,000", 14_327, null],
    ["n=(?<thousands>[\\d,.]+)", "n=14,327", 14_327, null],
    ["n=(?<thousands>[\\d,.]+)", "n=1,234.5", 1234.5, null],
    ["v=(?<value>[\\d,]+)", "v=3, w=4", 3, null],
  ])("of %s on %j is %d at step %s", (source, line, value, step) =>
    expect(read(source, line)).toEqual({ value, step }),
  );

  it.each<[string, string, string, RegExp]>([
    ["loss=(?<value>\\d)", "loss=0.5", "0.5", /takes only a part/],
    ["(?<value>\\d+)$", "loss=0.25", "0.25", /takes only a part/],
    ["loss=.(?<value>\\d+)", "loss=-3", "-3", /takes only a part/],
    ["n=(?<thousands>\\d+,\\d+)", "n=1,234.5", "1,234", /takes only a part/],
    ["n=\\d(?<thousands>\\d+,\\d+)", "n=11,234", "1,234", /takes only a part/],
    ["v=(?<value>\\d+)", "v=3,5", "3,5", /./],
    ["v=(?<value>\\S+)", "v=0x1p-3", "0x1p-3", /./],
    ["v=(?<value>\\S+)", "v=soon", "soon", /and no number/],
  ])("of %s on %j is refused", (source, line, text, why) => {
    expect(read(source, line)).toMatchObject({
      fault: { text: expect.stringContaining(text.slice(0, 3)), why: expect.stringMatching(why) },
    });
  });

  it("is nothing where nothing matches, or the group took no part", () => {
    expect(read("acc=(?<value>\\S+)", "loss=0.5")).toBe(null);
    expect(read("loss=(?:none|(?<value>\\d+))", "loss=none")).toBe(null);
  });
});
