import { expect, it } from "vitest";
import type { Metric } from "../trial/metric.ts";
import { nameWithAim, nameWithUnit, withUnit } from "./unit.ts";

it("says the unit where there is one, and else what was said before", () => {
  const plain: Metric = { name: "loss", direction: "minimize" };
  const timed: Metric = { name: "latency", direction: "minimize", unit: "ms" };
  expect([nameWithUnit(plain), nameWithUnit(timed)]).toEqual(["loss", "latency (ms)"]);
  expect([nameWithAim(plain), nameWithAim(timed)]).toEqual(["loss (minimize)", "latency (ms, minimize)"]);
  expect([withUnit("12", plain), withUnit("12", timed)]).toEqual(["12", "12 ms"]);
});

it.each([
  ["points", "point"],
  ["GPU hours", "GPU hour"],
  ["batches", "batch"],
  ["losses", "loss"],
  ["queries", "query"],
  ["ms", "ms"],
  ["bps", "bps"],
  ["siemens", "siemens"],
  ["loss", "loss"],
  ["%", "%"],
])("says one of a unit: %s", (unit, one) => {
  expect(["1", "-1", "2", "1.5", "1.0"].map((text) => withUnit(text, { unit }))).toEqual([
    `1 ${one}`,
    `-1 ${one}`,
    `2 ${unit}`,
    `1.5 ${unit}`,
    `1.0 ${unit}`,
  ]);
});
