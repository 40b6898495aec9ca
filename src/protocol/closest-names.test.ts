import { expect, it } from "vitest";
import { closestNames } from "./closest-names.ts";

it("puts the names first that share words with the asked one", () => {
  const names = ["lr", "time", "Accuracy on test set", "loss", "valLoss", "train_loss"];
  expect(closestNames("test_accuracy", names)[0]).toBe("Accuracy on test set");
  expect(closestNames("val_loss", names).slice(0, 2)).toEqual(["valLoss", "loss"]);
  expect(closestNames("acc", names)[0]).toBe("Accuracy on test set");
  expect(closestNames("x", names)).toEqual(names);
});
