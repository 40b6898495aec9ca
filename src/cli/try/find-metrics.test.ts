import { describe, expect, it } from "vitest";
import { findMetrics } from "./find-metrics.ts";
import { likelyMetric } from "./likely-metric.ts";

const find = (text: string, parameters: readonly string[] = []) => findMetrics(Buffer.from(text), parameters);

describe("findMetrics", () => {
  it("says what was last printed of each metric, how often, and where", () => {
    const found = find("start\nepoch 1 loss=0.5 acc=0.1\nepoch 2 loss=0.3 acc=0.4\ndone in 3 s\n");
    expect(found).toEqual([
      { name: "loss", value: 0.3, times: 2, line: 3, text: "epoch 2 loss=0.3 acc=0.4" },
      { name: "acc", value: 0.4, times: 2, line: 3, text: "epoch 2 loss=0.3 acc=0.4" },
    ]);
  });

  it("says where an asked name stands that does not look like a metric's", () => {
    const table = "epoch  valid_loss  time\n0      0.312345    00:12\n";
    expect(findMetrics(Buffer.from(table), [])).toEqual([]);
    const [found] = findMetrics(Buffer.from(table), [], ["valid_loss"]);
    expect(found).toMatchObject({ name: "valid_loss", value: 0.312345, line: 2, text: "0      0.312345    00:12" });
  });

  it("takes no step, no time and no parameter for a metric", () => {
    expect(find("epoch=1 lr=0.1 seed=3 depth=2 time=0.5\nloss=1", ["depth"]).map(({ name }) => name)).toEqual(["loss"]);
    expect(find("")).toEqual([]);
  });
});

describe("likelyMetric", () => {
  it.each([
    ["loss=1 acc=2 val_loss=3 val_acc=4", "val_loss", "minimize"],
    ["train_loss=1 test_accuracy=2", "test_accuracy", "maximize"],
    ["loss=1 acc=2", "loss", "minimize"],
    ["f1=1", "f1", "maximize"],
    ["rmse=1", "rmse", "minimize"],
  ])("of %s is %s", (text, name, direction) => {
    expect(likelyMetric(find(text))).toEqual({ name, direction });
  });

  it("is none of nothing", () => {
    expect(likelyMetric([])).toBeNull();
  });
});
