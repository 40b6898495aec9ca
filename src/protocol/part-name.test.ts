import { expect, it } from "vitest";
import { partName } from "./part-name.ts";

it.each([
  ["acc", "test", "test_acc"],
  ["acc", "(val)", "val_acc"],
  ["acc", "(mean)", "(mean)"],
  ["auc", "valid_0's", "valid_0's auc"],
  ["f1-score", "macro avg", "macro avg f1-score"],
  ["val_loss", "best val loss", "best val loss"],
  ["loss", "over ten folds", "over ten folds"],
  ["loss", "overall mean", "overall mean loss"],
])("%s of %s is %s", (metric, part, name) => expect(partName(metric, part)).toBe(name));
