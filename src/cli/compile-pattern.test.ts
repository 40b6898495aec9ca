import { describe, expect, it } from "vitest";
import { readPattern } from "../protocol/read-pattern.ts";
import { compilePattern } from "./compile-pattern.ts";

const read = (source: string, line: string) => readPattern(compilePattern("loss", source), line);

describe("compilePattern", () => {
  it.each([
    ["loss after .*: ([0-9.]+)", "loss after all: 0.31", { value: 0.31, step: null }],
    ["L(\\S+)", "L1 L2", { value: 2, step: null }],
    ["at (?P<step>\\d+) is (?P<value>\\S+)", "at 7 is 1e-3", { value: 1e-3, step: 7 }],
    ["(?<value>\\S+) at (?<step>\\S+)", "nan at x", { value: Number.NaN, step: null }],
    ["L(\\S+)", "Lx", null],
    ["L(\\S+)", "nothing", null],
  ])("%s on %j", (source, line, found) => {
    expect(read(source, line)).toEqual(found);
  });

  it.each([
    ["loss=[0-9.]+", /has no group/],
    ["(?=a)(b)", /no lookaround/],
    ["(a", /none that RE2 takes/],
  ])("refuses %s", (source, message) => {
    expect(() => compilePattern("loss", source)).toThrow(message);
  });

  it("takes time in proportion to the line, whatever the expression", () => {
    // A backtracking engine would not come back from this one.
    expect(read("^(a+)+$", `${"a".repeat(40)}b`)).toBeNull();
  });
});
