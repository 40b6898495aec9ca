import { expect, it } from "vitest";
import { headingPart, mayHead } from "./heading-part.ts";

it.each([
  ["Training:", "training"],
  ["Validation metrics:", "validation"],
  ["=== Error on test split ===", "test"],
  ["=== Stratified cross-validation ===", "cross-validation"],
  ["** Reported on train data. **", "train"],
  ["***** eval metrics *****", "eval"],
  ["--- Test ---", "test"],
  ["Test Error: ", "test"],
  ["Training", null],
  ["Test loss: 0.3", null],
  ["Validation finished: all is well", null],
  ["model: resnet", null],
])("%j heads %j", (line, part) => {
  expect(headingPart(line)).toBe(part);
  if (part !== null) expect(mayHead(Buffer.from(line))).toBe(true);
});
