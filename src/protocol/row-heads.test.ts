import { describe, expect, it } from "vitest";
import { MetricName } from "./metric-name.ts";
import type { FoundValue } from "./metric-reading.ts";
import { RowHeads } from "./row-heads.ts";

const metrics = [new MetricName("loss")];

/** What is made of a value that was read from the last line, the lines before it having been noted. */
function settle(...lines: readonly string[]): FoundValue | undefined {
  const heads = new RowHeads();
  for (const line of lines.slice(0, -1)) heads.note(line);
  const read: FoundValue = { value: -1, certainty: "exact", part: null };
  return heads.settle(lines.at(-1)!, { values: new Map([["loss", read]]), step: 4 }, metrics).values.get("loss");
}

describe("RowHeads", () => {
  it.each<[readonly string[], number | undefined]>([
    [["metric | value | std", "loss | 0.5 | 0.1"], 0.5],
    [["metric | std | mean", "loss | 0.1 | 0.5"], 0.5],
    [["metric | n | score", "loss | 10 | 0.5"], 0.5],
    [["metric | stderr | rmse", "loss | 0.1 | 0.5"], 0.5],
    [["         value    std", "loss     0.5      0.1"], 0.5],
    [["         std     mean", "loss     0.1     0.5"], 0.5],
    [["metric | value | std", "---|---|---", "loss | 0.5 | 0.1"], 0.5],
    [["metric | value | std", "acc | 0.9 | 0.2", "loss | 0.5 | 0.1"], 0.5],
    [["loss | 0.5 | 0.1"], undefined],
    [["metric | value | std", "and now for some words of text", "loss | 0.5 | 0.1"], undefined],
    [["a | b | c | d | e", "loss | 0.5 | 0.1"], undefined],
    [["metric | value | std", "loss | 0.5"], -1],
    [["metric | value | std", "acc | 0.5 | 0.1"], -1],
    [["loss     0.5      0.1"], -1],
    [["metric | value", `loss | 0.5 | ${"0.1 | ".repeat(400)}`], -1],
  ])("of %j is %d", (lines, value) => expect(settle(...lines)?.value).toBe(value));

  it("is doubtful where several heads name a value, and says which it took", () => {
    expect(settle("metric | train | valid.", "loss | 0.5 | 0.6")).toMatchObject({
      certainty: "doubtful",
      part: "valid",
      besides: ["train"],
    });
    expect(settle("set | metric | train | valid", "words | loss | 0.5 | 0.6")).toBe(undefined);
  });
});
