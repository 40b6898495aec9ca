import fc from "fast-check";
import { expect, it } from "vitest";
import { mergeSpans, withoutSpans } from "./secret-span.ts";

it("covers each character of every secret, and no other, with spans in order that do not touch each other's", () => {
  const span = fc
    .tuple(fc.nat(30), fc.nat(3), fc.integer({ min: 1, max: 10 }))
    .map(([start, before, length]) => ({ start, from: start + before, to: start + before + length }));
  fc.assert(
    fc.property(fc.array(span, { maxLength: 8 }), (spans) => {
      const merged = mergeSpans(spans);
      const covers = (all: typeof merged, at: number): boolean => all.some(({ from, to }) => from <= at && at < to);
      for (let at = 0; at < 50; at++) expect(covers(merged, at)).toBe(covers(spans, at));
      for (const [k, next] of merged.slice(1).entries()) expect(next.from).toBeGreaterThanOrEqual(merged[k]!.to);
      const text = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz";
      const left = withoutSpans(text, merged).replaceAll("[redacted]", "");
      expect(left).toBe([...text].filter((_, at) => !covers(spans, at)).join(""));
    }),
  );
});

it("takes the longer of two that begin together, with its own beginning, in whichever order they come", () => {
  const long = { start: 0, from: 5, to: 9 };
  const short = { start: 2, from: 5, to: 7 };
  const before = { start: 1, from: 1, to: 3 };
  for (const spans of [
    [long, short, before],
    [before, short, long],
    [short, long, before],
  ])
    expect(mergeSpans(spans)).toEqual([before, long]);
});
