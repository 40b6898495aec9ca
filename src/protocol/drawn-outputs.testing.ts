import { keyedStreams } from "../numeric/random/keyed-streams.ts";

/** Metrics that are asked of the outputs, all together. */
export const ASKED = ["loss", "val_accuracy", "f1 score", "wall_time", "Sharpe"] as const;

const BEFORE = [
  ...["", "", "", "Epoch 3/10 ", "Epoch: 4 - ", "[12/50] ", "step 300: ", "iter=7, ", "it 8 | ", "Round 2 -- "],
  ...[
    "2024-01-02 03:04:05 INFO ",
    "I0102 12:30:01.5 7 x.py:12] ",
    "train: ",
    "Validation - ",
    "Test set: ",
    "(val) ",
    "[best] ",
  ],
  ...[
    "best ",
    "mean ",
    "final ",
    "valid_0's ",
    "test_",
    "my-",
    "runs/val/",
    "--",
    "* ",
    "> ",
    "\x1b[32m",
    "## ",
    "| ",
    "total ",
  ],
];
const NAMES = [
  ...["loss", "Loss", "LOSS", "val_loss", "val loss", "train loss", "loss (val)", "loss_test", "losses", "loss/step"],
  ...["val_accuracy", "val accuracy", "accuracy", "acc", "Val-Accuracy", "validation accuracy", "val_acc"],
  ...[
    "f1 score",
    "f1_score",
    "F1-Score",
    "f1",
    "macro avg f1 score",
    "wall_time",
    "wall time",
    "time",
    "Sharpe",
    "Sharpe ratio",
  ],
];
const BETWEEN = [
  "=",
  ": ",
  " ",
  " = ",
  ":",
  " is ",
  " of ",
  " -> ",
  "\t",
  " | ",
  " after 3 epochs: ",
  "......: ",
  " (lower is better): ",
  ">",
];
const VALUES = [
  ...[
    "0.5",
    "0.25",
    ".75",
    "12",
    "3",
    "1e-3",
    "1.2E+05",
    "-0.7",
    "+4",
    "1,234.5",
    "1,234",
    "0,25",
    "1_000",
    "12 345",
    "0x1f",
    "007",
  ],
  ...[
    "95.3%",
    "95.3 %",
    "nan",
    "NaN",
    "inf",
    "-inf",
    "None",
    "n/a",
    "--",
    "true",
    "'0.5'",
    '"0.5"',
    "1.2.3",
    "1-2",
    "10:20",
    "3/4",
  ],
  ...[
    "0.5±0.1",
    "0.5 ± 0.1",
    "0.5 +/- 0.1",
    "0.5 (0.1)",
    "0.5 (best 0.4)",
    "0.91 / 1.0",
    "0.4 -> 0.3",
    "0.5 from 0.6",
    "~0.5",
    "<0.5",
  ],
  ...["12ms", "12 ms", "1.5s", "1.5 sec", "1m 20s", "0:01:20", "3.5 MB", "2 GiB", "7 h", "4 us/step", "100 it/s"],
  ...[
    "[0.5, 0.6]",
    "(0.5, 0.6)",
    "[0.5]",
    "{'train': 0.5, 'val': 0.6}",
    "(train=0.9, test=0.8)",
    "train=0.9 test=0.8",
    "tensor(0.5, device='cuda')",
  ],
];
const BEHIND = [
  "",
  "",
  "",
  ",",
  ";",
  ".",
  " |",
  " (val)",
  " (train)",
  " on the test set",
  " [best]",
  " ok",
  "\x1b[0m",
  " so far",
  " %",
  " - ",
  "  ",
  "\r",
];
const LINES = [
  ...[
    "",
    "-----",
    "Validation results:",
    "Test",
    "train",
    "epoch loss val_accuracy",
    "| epoch | loss | f1 score |",
    "|---|---|---|",
    "Fold 2",
  ],
  ...[
    "| 3 | 0.5 | 0.75 |",
    "3 0.5 0.75",
    "4 0.4 0.8",
    "epoch,loss,wall_time",
    "3,0.5,12.5",
    "4,0.25,11",
    "Saved to best.pt",
    "Best epoch: 3",
  ],
  ...[
    '{"epoch": 3, "loss": 0.5}',
    '{"step": 4, "val": {"accuracy": 0.7}, "loss": "0.25"}',
    '{"loss": [1, 2]}',
    "loss val_accuracy",
    "0.125 0.75",
  ],
];

/** Outputs of one to four lines, as programs might print them and as none would: the same on every machine. */
export function drawnOutputs(count: number): readonly string[] {
  const stream = keyedStreams(1).stream("outputs");
  const one = (of: readonly string[]): string => of[stream.int(of.length)]!;
  const said = (): string => `${one(NAMES)}${one(BETWEEN)}${one(VALUES)}${one(BEHIND)}`;
  const line = (): string => {
    if (stream.int(3) === 0) return one(LINES);
    const more = Array.from({ length: stream.int(3) }, () => `${one([" ", ", ", " - ", " | ", "; "])}${said()}`);
    return `${one(BEFORE)}${said()}${more.join("")}`;
  };
  return Array.from({ length: count }, () => Array.from({ length: 1 + stream.int(4) }, line).join("\n"));
}
