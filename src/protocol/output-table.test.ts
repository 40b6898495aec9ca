import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readOutput, reportsOf } from "./read-output.testing.ts";

const TRAINING = [
  "epoch    train_loss    valid_acc    valid_loss     dur",
  "-----  ------------  -----------  ------------  ------",
];
const ROWS = [
  "    1        1.2135       0.6100        0.7211  0.0613",
  "    2        0.9217       0.6420        0.6599  0.0571",
];
const SKORCH = [...TRAINING, ...ROWS];

describe("a table ends where its shape does", () => {
  it.each<[what: string, lines: readonly string[], metric: string, right: number | string]>([
    [
      "before a matrix of as many columns in brackets",
      [
        ...SKORCH,
        "",
        "Confusion matrix:",
        "[[9 0 0 0 1]",
        " [0 8 1 0 1]",
        " [0 0 9 1 0]",
        " [0 0 0 10 0]",
        " [1 0 0 0 9]]",
      ],
      "valid_loss",
      0.6599,
    ],
    [
      "before the same matrix without brackets",
      [...SKORCH, "", "Confusion matrix:", "9 0 0 0 1", "3 8 1 0 1", "4 0 9 1 0", "5 0 0 10 0", "6 0 0 0 9"],
      "valid_loss",
      0.6599,
    ],
    ["before a matrix right below", [...SKORCH, "[[9 0 0 0 1]", " [3 8 1 0 1]]"], "valid_loss", 0.6599],
    ["before text and whole numbers", ["rmse mae", "0.5 0.9", "", "Cluster sizes", "3 4"], "rmse", 0.5],
    ["before text and whole numbers, commas", ["rmse,mae", "0.5,0.9", "", "Cluster sizes", "3,4"], "rmse", 0.5],
    [
      "before a header of words only",
      ["epoch train_loss val_loss", "1 0.5 0.6", "", "layer params macs", "12 300 400"],
      "val_loss",
      0.6,
    ],
    [
      "before a header of words only, numbers alike",
      ["epoch train_loss val_loss", "1 0.5 0.6", "", "class precision recall", "2 0.7 0.8"],
      "val_loss",
      "unclear",
    ],
    [
      "where the step goes back behind text",
      [...SKORCH, "", "Results by class", "    0        0.2135       0.9100        0.1211  0.0613"],
      "valid_loss",
      0.6599,
    ],
    [
      "before another table of the same width with rules",
      [
        "| epoch | loss | acc |",
        "|---|---|---|",
        "| 1 | 0.5 | 0.8 |",
        "| 2 | 0.4 | 0.9 |",
        "",
        "| id | size | n |",
        "|---|---|---|",
        "| 3 | 17.5 | 4.5 |",
      ],
      "loss",
      0.4,
    ],
    [
      "before a table with blanks behind one with pipes",
      ["| epoch | loss | acc |", "|---|---|---|", "| 1 | 0.5 | 0.8 |", "", "class loss acc2", "3 17.5 4.5"],
      "acc",
      0.8,
    ],
    [
      "before an indented block",
      ["epoch loss acc", "1 0.5 0.8", "2 0.4 0.9", "Layers:", "    3 64.5 64.5", "    4 32.5 10.5"],
      "acc",
      "unclear",
    ],
    [
      "before decimals alike behind a title",
      ["rmse mae", "0.5 0.9", "", "Cluster centers", "1.5 2.4"],
      "rmse",
      "unclear",
    ],
    [
      "before a box of another shape",
      [
        "+-------+------+",
        "| epoch | loss |",
        "+-------+------+",
        "| 1 | 0.5 |",
        "+-------+------+",
        "| GPU 0 | 45C  |",
        "| 17    | 3000 |",
        "+-------+------+",
      ],
      "loss",
      0.5,
    ],
  ])("%s", (_, lines, metric, right) => {
    expect(readOutput(lines, metric)).toBe(right);
  });
});

describe("a living table is read on", () => {
  const rows = [1, 2, 3, 4].map((epoch) => `${epoch} ${(0.5 / epoch).toFixed(4)} ${(0.6 / epoch).toFixed(4)}`);
  const reports = "1:0.6 2:0.3 3:0.2 4:0.15";
  const between: readonly (readonly string[])[] = [
    [],
    [""],
    ["Saving checkpoint to out/model.pt"],
    ["", "Saving checkpoint ...", ""],
    ["UserWarning: lr_scheduler.step() called before optimizer.step()", "  warnings.warn(message)"],
    ["Validation loss decreased. Saving model"],
    ["[INFO] new best"],
    ["Saving best model"],
    ["val loss improved"],
    ["wrote 3 files"],
    ["2024-01-01 10:11:12 checkpoint written"],
    ["-----"],
    ["epoch train_loss val_loss"],
  ];

  it.each(between)("through %j", (...lines) => {
    const output = ["epoch train_loss val_loss", ...rows.flatMap((row) => [row, ...lines])];
    expect(reportsOf(output, "val_loss")).toBe(reports);
  });

  it("with a time before each row", () => {
    const stamp = "2024-01-01 10:11:12,345 INFO trainer: ";
    const output = [`${stamp}epoch train_loss val_loss`, ...rows.map((row) => stamp + row)];
    expect(reportsOf(output, "val_loss")).toBe(reports);
    expect(reportsOf(["epoch train_loss val_loss", ...rows.map((row) => `[INFO] ${row}`)], "val_loss")).toBe(reports);
  });

  it("that prints whole numbers where a value has no digits behind the point", () => {
    expect(readOutput(["step,loss,acc", "10,0.5,0.25", "saved", "20,0.25,0", "saved", "30,0.125,1"], "acc")).toBe(1);
  });

  it("whatever sensible lines stand between its rows", () => {
    const noise = fc.constantFrom(...between);
    fc.assert(
      fc.property(fc.array(noise, { minLength: 4, maxLength: 4 }), (all) => {
        const output = ["epoch train_loss val_loss", ...rows.flatMap((row, i) => [row, ...all[i]!])];
        expect(reportsOf(output, "val_loss")).toBe(reports);
      }),
    );
  });
});

describe("columns", () => {
  const BAR = "100% ━━━━━━━━━━━━ 1/1 3.1it/s 0.3s";
  const detector = (bar: string) => [
    "      Epoch    GPU_mem   box_loss   cls_loss  Instances       Size",
    `        1/2         0G      1.734      3.103         71        640: ${bar}`,
    `                 Class     Images  Instances      Box(P          R      mAP50  mAP50-95): ${bar}`,
    "                   all        128        929      0.642      0.535      0.605      0.447",
    "      Epoch    GPU_mem   box_loss   cls_loss  Instances       Size",
    `        2/2         0G      1.634      3.003         71        640: ${bar}`,
    `                 Class     Images  Instances      Box(P          R      mAP50  mAP50-95): ${bar}`,
    "                   all        128        929      0.652      0.545      0.615      0.457",
  ];

  it.each([BAR, "100% 1/1", "100%|██████████| 1/1 [00:00<00:00]", "100% 1/1 [00:01<00:00,  1.2it/s]"])(
    "have their values behind a header with %s",
    (bar) => {
      expect(reportsOf(detector(bar), "mAP50-95")).toBe("1:0.447 2:0.457");
      expect(readOutput(detector(bar), "box_loss")).toBe(1.634);
    },
  );

  it("of a row with several numbers are asked for by their heads", () => {
    for (const edge of ["│", "|"]) {
      const lines = [
        `        ${edge} Training ${edge} Validation`,
        `loss ${edge} 19.06 ${edge} 17.07`,
        `acc ${edge} 0.9 ${edge} 0.8`,
      ];
      expect(readOutput(lines, "loss")).toBe("which of training, validation");
      expect(readOutput(lines, "validation_loss")).toBe(17.07);
      expect(readOutput(lines, "training loss")).toBe(19.06);
      expect(readOutput(lines, "Validation acc")).toBe(0.8);
    }
    const blanks = ["        Training  Validation", "loss       19.06       17.07", "acc         0.90        0.80"];
    expect(readOutput(blanks, "loss")).toBe("which of training, validation");
    expect(readOutput(blanks, "validation_loss")).toBe(17.07);
  });

  it("beside a value say how sure it is", () => {
    const lines = ["| Metric | Value | Stderr |", "|--------|-------|--------|", "| acc | 0.601 | 0.0101 |"];
    expect(readOutput(lines, "acc")).toBe(0.601);
    expect(readOutput(["| Metric | Value |", "| acc | 0.6 |", "| f1 | 0.5 |"], "f1")).toBe(0.5);
  });

  const REPORT = [
    "              precision    recall  f1-score   support",
    "",
    "           0       1.00      1.00      1.00        10",
    "           1       0.90      1.00      0.95         9",
    "       virgo       1.00      0.91      0.85        11",
    "",
    "    accuracy                           0.97        30",
    "   macro avg       0.97      0.97      0.96        30",
    "weighted avg       0.97      0.97      0.95        30",
  ];
  it("of a report by class are those of its averages", () => {
    expect(readOutput(REPORT, "f1-score")).toBe("which of macro avg, weighted avg");
    expect(readOutput(REPORT, "macro avg f1-score")).toBe(0.96);
    expect(readOutput(REPORT, "weighted_avg_f1-score")).toBe(0.95);
    expect(readOutput(REPORT, "virgo recall")).toBe(0.91);
    expect(readOutput(REPORT, "accuracy")).toBe(0.97);
    expect(reportsOf(REPORT, "f1-score")).toBe("");
  });

  it("stand under their heads, whatever comes before or behind them", () => {
    const weka = [
      "                 TP Rate  FP Rate  Precision  Recall   F-Measure  Class",
      "                 1.000    0.000    1.000      1.000    1.000      Iris-setosa",
      "                 0.960    0.040    0.923      0.960    0.941      Iris-versicolor",
      "Weighted Avg.    0.960    0.020    0.961      0.962    0.963      ",
    ];
    expect(readOutput(weka, "F-Measure")).toBe(0.963);
    expect(readOutput(weka, "Recall")).toBe(0.962);
  });

  it("of rows with a number before them are of one row each, but for a history", () => {
    const folds = [
      "   fit_time  test_score  train_score",
      "0      0.01        0.91         0.99",
      "1      0.01        0.93         0.99",
    ];
    expect(readOutput(folds, "test_score")).toBe("which of 0, 1");
    const horizons = [
      "  horizon       mse      rmse",
      "0 37 days  0.493764  0.702683",
      "1 38 days  0.513764  0.712683",
    ];
    expect(readOutput(horizons, "rmse")).toBe("which of 0, 1");
    const history = ["       loss  val_loss", "8  0.312345  0.412345", "9  0.302345  0.402345"];
    expect(readOutput(history, "val_loss")).toBe(0.402345);
    const short = ["      loss  val_loss", "8  0.31  0.41"];
    expect(readOutput(short, "loss")).not.toBe(0.41);
  });

  it("with names on two lines have both", () => {
    const vw = [
      "average  since         example        example        current        current  current",
      "loss     last          counter         weight          label        predict features",
      "0.666667 0.666667            1            1.0         1.0000         0.0000       50",
      "0.440412 0.214157            2            2.0         0.0000         0.4628      104",
    ];
    expect(readOutput(vw, "average loss")).toBe(0.440412);
  });

  it("of labelled rows are refused when there are several, and their mean counts", () => {
    expect(readOutput(["fold  acc  f1", "1  0.8  0.7", "2  0.9  0.6"], "acc")).toBe("which of 1, 2");
    expect(readOutput(["fold  acc  f1", "1  0.8  0.7", "2  0.9  0.6", "mean  0.85  0.65"], "acc")).toBe(0.85);
    expect(readOutput(["model  acc", "svm  0.8", "knn  0.9"], "acc")).toBe("which of svm, knn");
    expect(readOutput(["model  acc", "svm  0.8", "knn  0.9"], "knn acc")).toBe(0.9);
  });
});
