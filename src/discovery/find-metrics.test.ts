import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { realOutput } from "../protocol/real-output.testing.ts";
import { findMetrics } from "./find-metrics.ts";
import { likelyMetric, wordsOf } from "./rank-metrics.ts";
import { readOneMetric } from "./read-one-metric.ts";

const find = (text: string, parameters: readonly string[] = [], settings: Readonly<Record<string, string>> = {}) =>
  findMetrics(Buffer.from(text), { parameters, settings: new Map(Object.entries(settings)) });
const names = (...given: Parameters<typeof find>): readonly string[] => find(...given).map(({ name }) => name);

const RULED = `# id name        many  wide cover remark
#--- ---------- ----- ----- ----- ------
1    alpha          6   200  0.93
`;

describe("findMetrics", () => {
  it("says what was last printed of each metric, how often, and where", () => {
    const found = find("start\nepoch 1 loss=0.5 acc=0.1\nepoch 2 loss=0.3 acc=0.4\ndone in 3 s\n");
    const place = { times: 2, first: 2, line: 3, text: "epoch 2 loss=0.3 acc=0.4" };
    expect(found).toEqual([
      { name: "acc", value: 0.4, varies: true, rises: true, ...place },
      { name: "loss", value: 0.3, varies: true, rises: false, ...place },
    ]);
  });

  it("finds the lines of a long output", () => {
    const lines = Array.from({ length: 3_000 }, (_, k) => (k % 700 === 650 ? `loss=${k}.5` : `batch ${k} of 3000`));
    expect(find(lines.join("\n"))).toMatchObject([{ name: "loss", value: 2750.5, first: 651, line: 2751 }]);
  });

  it.each([
    ["a table", "epoch  valid_loss  time\n0      0.312345    00:12\n", "valid_loss", 0.312345],
    [
      "a table in boxes",
      "│ step │ Dev F1 │\n├──────┼────────┤\n│ 1    │ 0.5    │\n│ 2    │ 0.75   │\n",
      "Dev F1",
      0.75,
    ],
    ["a CSV", "epoch,dev_err\n1,0.5\n2,0.25\n", "dev_err", 0.25],
    [
      "names on two lines",
      "| Validation | Training |\n| Accuracy | Accuracy |\n| 0.5 | 0.75 |\n",
      "Validation Accuracy",
      0.5,
    ],
    ["cells", "│ test_acc │ 0.91 │\n", "test_acc", 0.91],
    ["a name before a blank", "epoch 1 | valid | loss 8.5 | ppl 240.5\n", "loss", 8.5],
    ["a name before a tab", "N\t3000\nP@1\t0.912\n", "P@1", 0.912],
    ["a phrase", "Accuracy on test set: 0.81\n", "Accuracy on test set", 0.81],
    ["a phrase with a number", "Accuracy of the network on the 10000 test images: 63 %\n", "Accuracy", 63],
    ["a phrase behind a number", "Epoch 12 validation loss: 0.5\n", "validation loss", 0.5],
    ["a log line", "2024-03-01 10:11:12,123 INFO Validation loss: 0.5\n", "Validation loss", 0.5],
    ["an aside", "Mean time (over 10 runs): 0.5\n", "Mean time", 0.5],
    ["a name and its letters", "Root Mean Squared Error (RMSE) on test data = 1.25\n", "RMSE", 1.25],
    ["an arrow", "val bleu -> 27.5\n", "val bleu", 27.5],
    ["words of being", "The final test error is 0.125\n", "final test error", 0.125],
    ["dots", "test accuracy ........ 0.875\n", "test accuracy", 0.875],
    ["a name above its number", "Mean reward\n12.5\n", "Mean reward", 12.5],
    ["a dictionary", "{'eval_loss': 0.5, 'epoch': 1.0}\n", "eval_loss", 0.5],
    ["JSON", '{"test": {"acc": 0.75, "n": 100}, "seed": 1}\n', "test.acc", 0.75],
    ["JSON on several lines", '{\n  "model": "a",\n  "top1": 81.5\n}\n', "top1", 81.5],
    ["colours", "\x1b[32mval_loss\x1b[0m=\x1b[31m0.5\x1b[0m\n", "val_loss", 0.5],
    [
      "a progress bar",
      "\r 50%|█▌| 1/2 [00:01<00:01, val_loss=0.9]\r100%|██| 2/2 [00:02<00:00, val_loss=0.5]\n",
      "val_loss",
      0.5,
    ],
    ["a wrapped number", "val_loss tensor(0.5, device='cuda:0')\n", "val_loss", 0.5],
    ["a number before its name", "loaded model.bin\n93.1 % top label agreement\n", "top label agreement", 93.1],
    ["a count before its name", "comparing\n\n      400  done         37  groups\nbye\n", "groups", 37],
    ["a label with links", "Rows with matches:       41 (8.2%)\n", "Rows with matches", 41],
    ["a count of results", "Threads: 4\n\nNumber of communities:  12\n", "Number of communities", 12],
    ["names above a broken rule", RULED, "cover", 0.93],
    ["quotes around what else is said", 'level=info msg="epoch done" epoch=1 val_loss=0.5\n', "val_loss", 0.5],
  ])("finds %s", (_, text, name, value) => {
    expect(find(text)[0]).toMatchObject({ name, value });
  });

  it("gives an expression for a number that no run reads by its name, and says why", () => {
    const [first] = find("round 1\nMean rate: 8.5 kb/s\nround 2\nMean rate: 7.5 kb/s\nbye\n");
    expect(first).toMatchObject({ name: "Mean rate", value: 7.5, line: 4, varies: true });
    expect(first!.unread!.expression).toBe("Mean\\s+rate:\\s+([-+.0-9eE]+)\\s+kb/s\\s*$");
    expect(first!.unread!.why).toContain("a unit that may mean several (kb)");
    expect(find("Mean rate: 1,234 kb\nbuild: 1bb\n")[0]).toMatchObject({ name: "Mean rate", value: 1234 });
    expect(names("Mean rate: 1,27 kb\nbuild: 1bb\n")).toEqual([]);
  });

  it("tells names apart by their digits", () => {
    expect(names("valid_1 auc: 0.5\nvalid_2 auc: 0.75\nacc@1 0.25\nacc@5 0.5\n")).toEqual([
      "valid_2 auc",
      "valid_1 auc",
      "acc@5",
      "acc@1",
    ]);
  });

  it("leaves out how far it is, what it is done at, and the years of papers", () => {
    const bar = [0, 20, 40, 60, 80, 100].map((k) => `\rPacking blocks: ${k}%`).join("");
    expect(names(`${bar}\nshards 1/3\nshards 2/3\nshards 3/3\nTightness: 4\n`)).toEqual(["Tightness"]);
    expect(names("Doe J, Roe M (2015)\nCompressing\nat effort 7.00\nSpread: 3\n")).toEqual(["Spread"]);
    expect(names("Accuracy: 50%\nAccuracy: 100%\n")).toEqual(["Accuracy"]);
  });

  it("puts what a summary says before other tables, and the time of the whole run and nothing at all behind", () => {
    const summary =
      "=== Summary ===\n\nTags in all:     90\nTags with hits:  55\n\n=== Sites ===\n\nlen\tcount\tdup\n7\t3\t1\n";
    expect(names(summary).slice(0, 2)).toEqual(["Tags with hits", "Tags in all"]);
    expect(names("Spread: 3\nTotal CPU time: 0.25\n")).toEqual(["Spread", "Total CPU time"]);
    expect(names("lost due to noise: 0\nkept pairs: 31\ntook 3 s\n")[0]).toBe("kept pairs");
    expect(names("Initial score: 0.5\nround 1\nBEST SCORE FOUND: 0.75\n")[0]).toBe("BEST SCORE FOUND");
  });

  it("takes no step, no time of day and no setting for a metric", () => {
    expect(names("epoch=1 lr=0.1 seed=3 depth=2\n10:11:12 train.py:160] loss=1", ["depth"])).toEqual(["loss"]);
    expect(names("Initial learning rate: 0.1\neval_iters: 20\nloss_weight=0.5\ntest loss 0.25\n")).toEqual([
      "test loss",
    ]);
    expect(names("Shrink model to first 20 iterations.\nbestTest = 0.5\n")).toEqual(["bestTest"]);
    expect(names("")).toEqual([]);
  });

  it("leaves out what came back as it was given, and what was listed before the first step", () => {
    const text = "keep_ratio: 0.5\nwidth: 32\nmargin = 0.2\nstep 1: score 1.5\nstep 2: score 2.5\n";
    expect(names(text, [], { "keep-ratio": "0.5" })).toEqual(["score"]);
    expect(names("margin = 0.2\nhits: 7\n", ["margin"])).toEqual(["hits"]);
    expect(names("size = 12\ntime = 3\n", [], { size: "10", time: "3" })).toEqual(["size"]);
  });

  it("takes a metric for no setting of its name whose text is empty", () => {
    expect(find("loss=0\n", [], { loss: "" })).toMatchObject([{ name: "loss", value: 0 }]);
    expect(find("loss=0\n", [], { loss: "0" })).toEqual([]);
  });

  it("keeps a metric that has the name of a parameter which is a word", () => {
    expect(names("Namespace(loss='mse')\nepoch 1 loss 0.5\nepoch 2 loss 0.25\n", ["loss"])).toEqual(["loss"]);
  });

  it("lists a value under one name", () => {
    expect(names("average loss = 0.25\n")).toEqual(["average loss"]);
    const losses = names("average loss = 0.25\nbest constant = 0.5\nbest constant's loss = 0.75\n");
    expect(losses.filter((name) => name.includes("loss"))).toEqual(["average loss", "best constant's loss"]);
    expect(names("step 1: val loss 0.5\nbest val loss 0.25, val loss 0.25\n")[0]).toBe("val loss");
    expect(names("Root mean squared error    0.1586\nMean absolute error    0.035\n")).toEqual([
      "Mean absolute error",
      "Root mean squared error",
    ]);
  });

  it("puts measures of the result before measures of the run, held-out before training data", () => {
    const text = "epoch 1 time=3.5 train_acc=0.75 val_acc=0.5\nepoch 2 time=3.25 train_acc=0.875 val_acc=0.625\n";
    expect(names(text)).toEqual(["val_acc", "train_acc", "time"]);
  });
});

describe("outputs of real programs", () => {
  const FOLDER = new URL("../../tests/fixtures/outputs/", import.meta.url);
  const rows = (file: string): readonly (readonly string[])[] =>
    readFileSync(new URL(file, FOLDER), "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split("\t"));
  const OBJECTIVES = rows("objectives.tsv").map(([output, ...objectives]) => [output!, objectives] as const);

  it.each(OBJECTIVES)(
    "%s: one of %j is among the first three, with the value that a run takes",
    (output, objectives) => {
      const bytes = realOutput(new URL(`${output}.txt`, FOLDER));
      const first = findMetrics(bytes, { parameters: [], settings: new Map() }).slice(0, 3);
      const wanted = objectives.map(wordsOf);
      expect(first.map(({ name }) => wordsOf(name)).filter((name) => wanted.includes(name))).not.toEqual([]);
      for (const { name, value } of first) expect(readOneMetric(bytes, name)?.value).toBe(value);
    },
  );

  it("are of at least eighty programs", () => {
    expect(new Set(OBJECTIVES.map(([output]) => output)).size).toBeGreaterThanOrEqual(80);
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
    expect(likelyMetric(find(text))).toEqual({ name, direction, sure: true });
  });

  it("says when no word tells which way is better", () => {
    expect(likelyMetric(find("mojo=1.5\n"))).toEqual({ name: "mojo", direction: "minimize", sure: false });
  });

  it("is none of nothing", () => {
    expect(likelyMetric([])).toBeNull();
  });
});
