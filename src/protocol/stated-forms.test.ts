import { describe, expect, it } from "vitest";
import { MetricReader } from "./metric-reader.ts";
import { readOutput, reportsOf } from "./read-output.testing.ts";

function refusal(lines: readonly string[], metric: string): string | undefined {
  const reader = new MetricReader({ metrics: [metric] });
  reader.push("stdout", Buffer.from(`${lines.join("\n")}\n`));
  reader.end();
  expect(reader.values.get(metric)).toBeUndefined();
  return reader.refused.get(metric);
}

describe("one name of which brackets behind the value tell what it is", () => {
  const waits = ["Wait per call:  1.088 [ms] (mean)", "Wait per call:  0.272 [ms] (mean, across all callers)"];
  it.each([
    [waits, "Wait per call", "which of (mean), (mean, across all callers)"],
    [waits.slice(0, 1), "Wait per call", 1.088],
    [["recall: 0.5 (micro)", "recall: 0.4 (macro)"], "recall", "which of (micro), (macro)"],
    [["hits: 0.5 (top-1)", "hits: 0.9 (top-5)"], "hits", "which of (top-1), (top-5)"],
    [["gap: 0.5 (train)", "gap: 0.9 (test)"], "gap", "which of (train), (test)"],
    [["gap: 0.5 (train)", "gap: 0.9 (test)"], "test_gap", 0.9],
    [["gap: 5% (train)", "gap: 9% (test)"], "gap", "which of (train), (test)"],
    [["loss: 0.5 (improved)", "loss: 0.4 (no improvement)"], "loss", 0.4],
    [["loss: 0.5 (0.61)", "loss: 0.4 (0.52)"], "loss", 0.4],
    [["loss: 0.5 (best 0.3)", "loss: 0.4 (mean)"], "loss", "which of (mean)"],
  ])("%j: %s is %j", (lines, metric, right) => {
    expect(readOutput(lines, metric)).toBe(right);
  });
});

describe("a list where a number was looked for", () => {
  it.each([
    [["class iou [t.float32(0.7), t.float32(0.6)]", "New best EMA class IoU: 0.55"]],
    [["New best EMA class iou: 0.55", "class iou [0.7, 0.6]"]],
    [["class iou: [0.7 0.6]", "best class iou: 0.55"]],
    [["class iou: (0.7, 0.6)", "best class iou: 0.55"]],
    [["class iou: [0.7,", "   0.6]", "best class iou: 0.55"]],
    [["class iou: {'a': 0.7, 'b': 0.6}", "best class iou: 0.55"]],
    [["class iou = array([0.7, nan])", "class iou on the test set: 0.55"]],
  ])("is not stood in for by what is said with other words: %j", (lines) => {
    expect(refusal(lines, "class iou")).toMatch(/a list of several numbers/);
  });

  it("is refused with three values and their units, and with three shares", () => {
    const lines = [
      "sort   time:  [2.6 ms 2.7 ms 2.8 ms]",
      "  change:",
      "     time:  [-3.4% -2.9% -2.5%] (p = 0.00)",
      "  rate: [+2.5% +3.0% +3.5%]",
    ];
    expect(refusal(lines, "time")).toMatch(/a list of several numbers/);
    expect(refusal(lines.slice(0, 1), "time")).toMatch(/2\.6 ms 2\.7 ms 2\.8 ms/);
  });

  it("leaves values alone that were printed under the plain name", () => {
    expect(readOutput(["loss: 0.5", "loss: 0.4", "history {loss: [0.5, 0.4]}"], "loss")).toBe(0.4);
    expect(readOutput(["loss: [0.5, 0.4]", "loss: 0.3"], "loss")).toBe(0.3);
    expect(readOutput(["loss: [0.31]"], "loss")).toBe(0.31);
  });
});

describe("words around a value", () => {
  it.each([
    [["Test score after epoch 1: 71.2%", "Test score after epoch 2: 72.5%"], "test score", 72.5],
    [["dev score after 3 epochs: 0.5", "dev score after 4 epochs: 0.4"], "dev score", 0.4],
    [["score at step 10/20 is 0.5", "score at step 20/20 is 0.4"], "score", 0.4],
    [
      ["score for fold one: 0.5", "score for fold two: 0.4"],
      "score",
      "which of score for fold one, score for fold two",
    ],
    [
      [
        "dev loss at step 10 | cross entropy: 2.5 | ppl: 12.1",
        "dev loss at step 20 on dev set | cross entropy: 2.4 | ppl: 11",
      ],
      "cross entropy",
      2.4,
    ],
    [["Item score: 4551 / 4820 (0.9442)"], "item score", 4551 / 4820],
    [["Item score: 4551 of 4820 (94.4%)"], "item score", (100 * 4551) / 4820],
    [["score = 3/4 = 0.75"], "score", 0.75],
    [["score: 3/4 (0.5)"], "score", "none"],
    [["score 12 of 20"], "score", "none"],
    [["score: 12 out of 20"], "score", "none"],
    [["5.2 ms latency"], "latency", 0.0052],
    [["took 5.2 ms, 1.5 MB peak"], "peak", 1_500_000],
    [["5.2 m latency"], "latency", "none"],
    [["\t-2.55\t = Held score   (-rmse)", "\t0.4s\t = Held time"], "held score", -2.55],
    [["\t-2.55\t = Held score   (-rmse)", "\t0.4s\t = Held time"], "held time", 0.4],
    [["x = 3 = loss"], "loss", "none"],
    [["best masked loss: 0.3", "loss: 0.5"], "loss", 0.5],
    [["epoch;loss", "1;0.5", "2;0.25"], "loss", 0.25],
  ])("%j: %s is %j", (lines, metric, right) => expect(readOutput(lines, metric)).toBe(right));

  it("are a step's where they name one", () => {
    expect(reportsOf(["Test score after epoch 1: 71.2%", "Test score after epoch 2: 72.5%"], "test score")).toBe(
      "1:71.2 2:72.5",
    );
  });

  it("a table that semicolons part says that its commas are decimal", () => {
    expect(refusal(["epoch;loss", "1;0,5"], "loss")).toMatch(/`0,5`, a number with a decimal comma/);
  });
});
