import { expect, it } from "vitest";
import { checkMetricName } from "./check-metric-name.ts";

it.each(["__proto__", "values.loss", "params.lr", " "])("refuses %j, which stands for something else", (name) => {
  expect(() => checkMetricName(name)).toThrow(/cannot be called|is empty/);
});

it.each(["constructor", "toString", "val/loss", "test.acc", "values", "evaluation.values.loss"])("takes %j", (name) => {
  expect(() => checkMetricName(name)).not.toThrow();
});
