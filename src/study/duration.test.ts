import { describe, expect, it } from "vitest";
import { parseDuration } from "./duration.ts";

describe("parseDuration", () => {
  it.each([
    ["90", 90],
    ["0.5", 0.5],
    ["30s", 30],
    ["10m", 600],
    ["2h", 7200],
    ["1h30m", 5400],
    ["1h 30min", 5400],
    ["250ms", 0.25],
    ["1d", 86400],
    [" 5 s ", 5],
  ])("reads %j as %d seconds", (text, seconds) => {
    expect(parseDuration(text)).toBeCloseTo(seconds, 9);
  });

  it.each(["", "-5", "5x", "h", "1:30", "NaN", "Infinity", "1e3", "5 s 3"])("refuses %j", (text) => {
    expect(parseDuration(text)).toBeNull();
  });
});
