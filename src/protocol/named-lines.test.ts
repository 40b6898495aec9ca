import { describe, expect, it } from "vitest";
import { MetricName } from "./metric-name.ts";
import { NamedLines } from "./named-lines.ts";

function takeAll(names: readonly string[], lines: readonly string[]) {
  const named = new NamedLines(names.map((name) => new MetricName(name)));
  const open = lines.map((line) => {
    named.take(
      line,
      names.some((name) => line.toLowerCase().includes(name.split("_")[0]!)),
    );
    return named.open;
  });
  return { open, patterns: Object.fromEntries(named.patterns) };
}

const reads = (pattern: string | undefined, line: string): string | undefined =>
  pattern === undefined ? undefined : new RegExp(pattern).exec(line)?.[1];

describe("NamedLines", () => {
  it("offers an expression that reads a number from the last line with the name", () => {
    const { patterns } = takeAll(["loss"], ["loss was once 3", "nothing", "final loss of the run 0.25 today"]);
    expect(reads(patterns.loss, "final loss of the run 0.75 today")).toBe("0.75");
    expect(reads(patterns.loss, "loss was once 3")).toBe(undefined);
  });

  it("prefers a line with the name's very letters, whenever it came", () => {
    const { patterns } = takeAll(["loss"], ["the loss is 0.25 here", "The Loss was 7 there"]);
    expect(reads(patterns.loss, "the loss is 0.5 here")).toBe("0.5");
    expect(reads(patterns.loss, "The Loss was 7 there")).toBe(undefined);
    const later = takeAll(["loss"], ["The Loss was 7 there", "the loss is 0.25 here"]).patterns;
    expect(reads(later.loss, "the loss is 0.5 here")).toBe("0.5");
  });

  it("looks at six lines below one with the name, which may head them, and at no more", () => {
    const below = (count: number) => ["epoch   loss", ...Array.from({ length: count }, () => "-----"), "  3      0.25"];
    const found = takeAll(["loss"], below(5));
    expect(found.open).toEqual([true, true, true, true, true, true, false]);
    expect(reads(found.patterns.loss, "  4      0.5")).toBe("0.5");
    expect(takeAll(["loss"], below(6)).patterns).toEqual({});
    expect(takeAll(["loss"], ["nothing", "at all"]).open).toEqual([false, false]);
  });

  it("keeps the lines of each metric apart", () => {
    const { patterns } = takeAll(["loss", "acc"], ["loss until now 0.25", "acc until now 0.5"]);
    expect(Object.keys(patterns)).toEqual(["loss", "acc"]);
    expect(reads(patterns.acc, "acc until now 0.75")).toBe("0.75");
    expect(reads(patterns.loss, "acc until now 0.75")).toBe(undefined);
  });
});
