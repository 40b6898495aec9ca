import { describe, expect, it } from "vitest";
import { formatDomainText } from "../../space/text/format-domain-text.ts";
import { parseParameterText } from "../../space/text/parse-parameter-text.ts";
import { widerParameter } from "./wider-parameter.ts";

function wider(text: string, side: "low" | "high"): string | null {
  const found = widerParameter(parseParameterText(text, "x"), side);
  return found === null ? null : formatDomainText(found);
}

describe("widerParameter", () => {
  it.each([
    ["1e-5..1e-1 log", "0.00001..1 log", "0.000001..0.1 log"],
    ["0.5..2.0 log", "0.5..4 log", "0.25..2 log"],
    ["16..512 log", "16..2048 log", "4..512 log"],
    ["1..6", "1..9", null],
    ["2..6", "2..8", "1..6"],
    ["0..10", "0..15", null],
    ["-10..10", "-10..20", "-20..10"],
    ["-10..-3", "-10..0", "-14..-3"],
    ["3..10", "3..14", "1..10"],
    ["-5.0..0.0", null, "-7.5..0"],
    ["0.0..0.5", "0.0..0.75", null],
    ["0.0..1.0", null, null],
    ["0.5..1.0", null, "0.25..1"],
    ["0.1..2.0", "0.1..3", "0.0..2"],
    ["0.0..0.99", "0.0..0.995", null],
    ["0.0..30.0", "0.0..45", null],
    ["990.0..1000.0", "990.0..1005", "985.0..1000"],
    ["8..64 step 8", "8..88 step 8", null],
    ["16..64 step 8", "16..88 step 8", "8..64 step 8"],
    ["0.0..0.4 step 0.1", "0.0..0.6 step 0.1", null],
    ["0.01..0.9 logit", "0.01..0.99 logit", "0.001..0.9 logit"],
    ["0.9..0.999 reverse log", "0.9..0.9999 reverse log", "0.8..0.999 reverse log"],
    ["0 | 1e-6..1e-2 log", "0 | 0.000001..0.1 log", "0 | 1e-7..0.01 log"],
    ["16 < 32 < 64", "16 < 32 < 64 < 128", "8 < 16 < 32 < 64"],
    ["1 < 2 < 3", "1 < 2 < 3 < 4", null],
    ["1 < 2 < 4", "1 < 2 < 4 < 8", null],
    ["-6..-1", "-6..0", "-9..-1"],
    ["-8.0..-1.0", "-8.0..0", "-11.5..-1"],
    ["-0.5..1.0", "-0.5..1.8", "-1.3..1"],
    ["0.5..0.9", "0.5..0.95", "0.3..0.9"],
    ["3..40 log", "3..160 log", "1..40 log"],
    ["1..40 log", "1..160 log", null],
    ["1.0..100.0 log", "1.0..1000 log", "0.1..100 log"],
    ["1.0..99.0 log", "1.0..990 log", "0.1..99 log"],
    ["1 < 3 < 9", "1 < 3 < 9 < 27", null],
    ["0.1 < 0.2 < 0.3", "0.1 < 0.2 < 0.3 < 0.4", null],
    ["8 < 16", null, null],
    ["5 < 3 < 1", null, "7 < 5 < 3 < 1"],
    ["small < middle < large", null, null],
    ["3 < 5 < 11", null, null],
  ])("%s", (text, high, low) => {
    expect(wider(text, "high")).toBe(high);
    expect(wider(text, "low")).toBe(low);
  });
});
