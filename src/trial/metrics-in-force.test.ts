import { expect, it } from "vitest";
import type { Metric } from "./metric.ts";
import { metricsInForce } from "./metrics-in-force.ts";

const LOSS: Metric = { name: "loss", direction: "minimize", goal: 1, reference: 9, unit: "nats" };
const MS: Metric = { name: "ms", direction: "minimize" };

it("has what the study began with, until settings say something of that kind", () => {
  const begun = [LOSS, MS];
  expect(metricsInForce(begun, {})).toBe(begun);
  expect(metricsInForce(begun, { goals: { ms: 5 } })).toEqual([
    { name: "loss", direction: "minimize", reference: 9, unit: "nats" },
    { ...MS, goal: 5 },
  ]);
  expect(metricsInForce(begun, { references: {} })[0]).toEqual({
    name: "loss",
    direction: "minimize",
    goal: 1,
    unit: "nats",
  });
  expect(metricsInForce(begun, { units: { loss: "bits", toString: "x" } })[0]).toEqual({ ...LOSS, unit: "bits" });
  expect(
    metricsInForce(begun, { objectives: [MS], goals: { ms: 1 }, references: { ms: 2 }, units: { ms: "ms" } }),
  ).toEqual([{ ...MS, goal: 1, reference: 2, unit: "ms" }]);
});

it("is the same list for the same settings, and another for others that share a part", () => {
  const [begun, goals] = [[LOSS, MS], { ms: 5 }];
  expect(metricsInForce(begun, { goals })).toBe(metricsInForce(begun, { goals }));
  expect(metricsInForce(begun, { goals, units: { ms: "ms" } })[1]).toEqual({ ...MS, goal: 5, unit: "ms" });
  expect(metricsInForce(begun, { goals })[1]).toEqual({ ...MS, goal: 5 });
});
