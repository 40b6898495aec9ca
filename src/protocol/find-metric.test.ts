import { describe, expect, it } from "vitest";
import { readOutput, reportsOf } from "./read-output.testing.ts";

describe("one name for two things on one line", () => {
  it.each([
    ["val acc: 0.6 train acc: 0.99", "acc", "which of val, train"],
    ["train acc: 0.99 val acc: 0.6", "acc", "which of train, val"],
    ["train loss=0.5 val loss=0.6", "loss", "which of train, val"],
    ["train loss=0.5, val loss=0.6", "loss", "which of train, val"],
    ["train loss 0.5 | val loss 0.6", "loss", "which of train, val"],
    ["[train loss: 0.5] [val loss: 0.6]", "loss", "which of train, val"],
    ["(test loss = 0.5; dev loss = 0.6)", "loss", "which of test, dev"],
    ["epoch 1: Train Loss 0.5, Test Loss 0.6", "loss", "which of train, test"],
    ["[train] loss: 0.5 [val] loss: 0.6", "loss", "which of train, val"],
    ["train: loss=0.5 acc=0.9 | val: loss=0.6 acc=0.8", "loss", "which of train, val"],
    ["Epoch 3 Train - loss 0.5 acc 0.9 Valid - loss 0.6 acc 0.8", "acc", "which of train, valid"],
    ["[10]\ttraining's l2: 0.39\tvalid_0's l2: 0.44", "l2", "which of training's, valid_0's"],
    ["[CV 1/5] END C=1;, score=(train=0.9, test=0.804) total time=   0.0s", "score", "which of train, test"],
    ["loss: 0.5, val loss: 0.6", "loss", 0.5],
    ["val loss: 0.6, loss: 0.5", "loss", 0.5],
    ["train loss=0.5 val loss=0.6", "val_loss", 0.6],
    ["train loss=0.5 val loss=0.6", "train loss", 0.5],
    ["train: loss=0.5 acc=0.9 | val: loss=0.6 acc=0.8", "val_loss", 0.6],
    ["train: loss=0.5 acc=0.9 | val: loss=0.6 acc=0.8", "train acc", 0.9],
    ["[train] loss: 0.5 [val] loss: 0.6", "val loss", 0.6],
    ["[CV 1/5] END C=1;, score=(train=0.9, test=0.804) total time=   0.0s", "test_score", 0.804],
    ["[CV 1/5] END C=1;, accuracy: (test=0.804) f1: (test=0.7) total time=   0.0s", "accuracy", 0.804],
    ["[CV 1/5] END C=1;, accuracy: (test=0.804) f1: (test=0.7) total time=   0.0s", "test_f1", 0.7],
  ])("%j: %s is %j", (line, metric, right) => {
    expect(readOutput([line], metric)).toBe(right);
  });

  it("is refused on two lines in the same way", () => {
    const lines = ["train: loss=0.5", "val: loss=0.6"];
    expect(readOutput(lines, "loss")).toBe("which of train, val");
    expect(readOutput(lines, "val_loss")).toBe(0.6);
    expect(readOutput(["train: loss=0.5", "train: loss=0.4"], "loss")).toBe(0.4);
  });

  it("is refused of an average and of something else's", () => {
    const vw = ["average loss = 0.14", "best constant = 0.52", "best constant's loss = 0.66"];
    expect(readOutput(vw, "loss")).toBe("which of average, best constant's");
    expect(readOutput(vw, "average loss")).toBe(0.14);
    expect(readOutput(vw, "average_loss")).toBe(0.14);
    expect(readOutput(["average loss = 0.14", "constant's loss = 0.66"], "loss")).toBe("which of average, constant's");
  });

  it("is the line's own, not the best so far", () => {
    const line = (own: number, best: number) =>
      `[I 2024-01-01 10:00:00,000] Trial 3 finished with value: ${own} and parameters: {'x': 0.5}. Best is trial 1 with value: ${best}.`;
    expect(readOutput([line(0.82, 0.82), line(0.81, 0.83)], "value")).toBe(0.81);
    expect(readOutput(["epoch 5 val_loss: 0.6 (best: epoch 3, val_loss: 0.5)"], "val_loss")).toBe(0.6);
    expect(readOutput(["epoch 5 val_loss 0.6 | best val_loss 0.5"], "val_loss")).toBe(0.6);
    expect(readOutput(["epoch 5 val_loss 0.6 [best epoch 3 val_loss 0.5]"], "val_loss")).toBe(0.6);
    expect(readOutput(["best so far: val_loss=0.5; now val_loss=0.6"], "val_loss")).toBe(0.6);
  });
});

describe("what the words behind a number say", () => {
  it.each([
    [["perplexity: 17.71 seconds per pass - ETA 2.95 minutes", "[16]10.92,[17]10.95"], "perplexity", "none"],
    [["perplexity: 3.5 tokens per second"], "perplexity", "none"],
    [["accuracy: 12 epochs without improvement"], "accuracy", "none"],
    [["loss: 3 samples skipped"], "loss", "none"],
    [["throughput: 3.5 tokens per second"], "throughput", 3.5],
    [["reward: 200 at step 17"], "reward", 200],
    [["Correctly Classified Instances         147               98      %"], "Correctly Classified Instances", 98],
    [["Correctly Classified Instances         147               98.5    %"], "correctly_classified_instances", 98.5],
    [["mPA-85.24%; mIoU-77.1%"], "mPA", 85.24],
    [["mPA-85.24%; mIoU-77.1%"], "mIoU", 77.1],
    [["resnet-50 loss-2"], "loss", "none"],
    [["Epoch 0, global step 100: 'val_loss' reached -7.19 (best -7.19), saving model"], "val_loss", -7.19],
    [["val_loss reached 0.31"], "val_loss", 0.31],
    [["28.77 avg, 30.1 max"], "avg", 28.77],
    [["28.77 avg, 30.1 max"], "max", 30.1],
    [["0.93 accuracy"], "accuracy", 0.93],
    [["Result: 0.93 accuracy (1.2 s)"], "accuracy", 0.93],
    [["took 0.5 s, accuracy 0.9"], "accuracy", 0.9],
    [["loss 0.5 accuracy"], "accuracy", "none"],
    [["loss: 0.5, accuracy: high"], "accuracy", "none"],
    [["top 5 accuracy"], "accuracy", "none"],
    [["latency: 28.77 avg", "jitter: 3.5 avg"], "avg", "which of latency, jitter"],
  ] as const)("%j: %s is %j", (lines, metric, right) => {
    expect(readOutput(lines, metric)).toBe(right);
  });

  it("gives no reports of what only a sentence says", () => {
    expect(reportsOf(["0.93 accuracy", "0.94 accuracy"], "accuracy")).toBe("");
  });
});
