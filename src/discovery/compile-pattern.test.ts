import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPattern } from "../protocol/read-pattern.ts";
import { compilePattern } from "./compile-pattern.ts";

const read = (source: string, line: string) => readPattern(compilePattern("loss", source), line);

it("takes the group of thousands as one number, and never a part of it", () => {
  const read = (source: string, line: string) => readPattern(compilePattern("rate", source), line);
  expect(read("rate (?P<thousands>[0-9.,]+)", "rate 14,327")).toEqual({ value: 14_327, step: null });
  expect(read("rate (?P<thousands>[0-9.,]+)", "rate 1,234,567.5/s")).toEqual({ value: 1_234_567.5, step: null });
  expect(read("rate (?P<thousands>[0-9.,]+)", "rate 512.5")).toEqual({ value: 512.5, step: null });
  expect(read("rate (?P<thousands>[0-9.,]+)", "rate 1,27")).toHaveProperty("fault");
  expect(read("rate (?P<thousands>[0-9]+,[0-9]{3})", "rate 1,234,567")).toHaveProperty("fault");
  expect(read("rate .*?(?P<thousands>[0-9]{2},[0-9]{3})", "rate 114,327")).toHaveProperty("fault");
});

describe("compilePattern", () => {
  it.each([
    ["loss after .*: ([0-9.]+)", "loss after all: 0.31", { value: 0.31, step: null }],
    ["L(\\S+)", "L1 L2", { value: 2, step: null }],
    ["at (?P<step>\\d+) is (?P<value>\\S+)", "at 7 is 1e-3", { value: 1e-3, step: 7 }],
    ["(?<value>\\S+) at (?<step>\\S+)", "nan at x", { value: Number.NaN, step: null }],
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

describe("readPattern of a compiled expression", () => {
  it.each([
    ["([0-9]+)", "n 12", 12],
    ["loss=(.*)", "loss=0.31 seconds", 0.31],
    ["([0-9.]+)", "it is 12.5.", 12.5],
    ["mPA-([0-9.]+)", "mPA-85.24%", 85.24],
    ["loss - ([0-9.]+)", "loss - 0.5", 0.5],
    ["^[^,]*,([0-9]+),", "loss,12,5", 12],
    [",([0-9.]+)", "x,0.5,0.7", 0.7],
    ["took (\\d+) ms", "took 115 ms", 115],
    ["at (\\d+)-(?P<value>\\d+)", "at 12-34", 34],
    ["(\\S+)$", "1'234.5", 1234.5],
  ])("%s on %j is %d", (source, line, value) => {
    expect(read(source, line)).toMatchObject({ value });
  });

  it.each([
    ["([0-9]+)", "loss 12.5", "12.5"],
    ["([0-9.]+)", "loss 1e-5", "1e-5"],
    ["([0-9]+)\\.", "loss 12.5", "12.5"],
    ["loss.*([0-9.]+)", "loss=12.5", "12.5"],
    ["=-?([0-9.]+)", "loss=-0.5", "-0.5"],
    ["([0-9]+)", "1'234", "1'234"],
    ["([0-9]+)", "1_000", "1_000"],
    ["loss=([0-9]+)", "loss=0,5", "0,5"],
    ["loss=(\\S+)", "loss=1.234,5", "1.234,5"],
    ["loss=(\\S+)", "loss=1+2j", "1+2j"],
  ])("%s on %j is refused: %s", (source, line, text) => {
    expect(read(source, line)).toMatchObject({ fault: { text, sure: true } });
  });

  it("says what the group took when that is no number, unless another match holds one", () => {
    expect(read("L(\\S+)", "Lx")).toMatchObject({ fault: { text: "x", sure: false } });
    expect(read("L(\\S+)", "L1 Lx")).toMatchObject({ value: 1 });
    expect(read("L(\\d*)m?(x)?", "L")).toMatchObject({ fault: { text: "" } });
    expect(read("L(?:(x)|y)", "Ly")).toBeNull();
    expect(read("L(\\S+)", "nothing")).toBeNull();
  });

  it("takes any number whole, and never a part of one", () => {
    fc.assert(
      fc.property(fc.double({ noDefaultInfinity: true, noNaN: true }), (value) => {
        expect(read("=(\\S+)", `loss=${value} x`)).toMatchObject({ value });
        const part = read("=([-0-9]+)", `loss=${value} x`);
        if (!Number.isInteger(value) || /e/.test(String(value))) expect(part).toHaveProperty("fault");
      }),
    );
  });
});
