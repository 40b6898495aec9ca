import { expect, it } from "vitest";
import { compilePattern } from "../discovery/compile-pattern.ts";
import { lastNumberPattern } from "./last-number-pattern.ts";
import { MetricReader } from "./metric-reader.ts";

function read(lines: readonly string[], source: string): number | undefined {
  const reader = new MetricReader({ metrics: ["m"], patterns: [compilePattern("m", source)] });
  reader.push("stdout", Buffer.from(`${lines.join("\n")}\n`));
  reader.end();
  return reader.values.get("m");
}

it.each([
  [["start 1", "The answer came to 42 points", "bye"], 42],
  [["  12: total (all) of 0.5"], 0.5],
  [["saved [1] as v1.2.3", "\x1b[1mgain\x1b[0m -> -3.5e-3 q"], -0.0035],
])("takes the last number behind words of %j", (lines, value) => {
  expect(read(lines, lastNumberPattern(lines)!)).toBe(value);
});

it.each([[["no number", "12"]], [["at 10:20:30"]], [["1,234 of 1,300"]], [["took 3ms"]], [[]]])(
  "is none of %j",
  (lines) => {
    expect(lastNumberPattern(lines)).toBeNull();
  },
);
