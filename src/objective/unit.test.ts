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
