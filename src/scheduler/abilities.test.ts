import { describe, expect, it } from "vitest";
import { ComponentRegistry } from "../component/component-registry.ts";
import { requireSamplerFor } from "../sampler/registry.ts";
import type { Metric } from "../trial/metric.ts";
import { requireSchedulerFor } from "./registry.ts";

const LOSS: Metric = { name: "loss", direction: "minimize" };
const TWO = [LOSS, { name: "ms", direction: "minimize" }] as const;
const LIMITS = ["ms <= 20"];

describe("a component judges by what its entry says", () => {
  const registry = new ComponentRegistry("thing", [
    { name: "plain" },
    { name: "many", objectives: "many" },
    { name: "limited", limits: true },
    { name: "both", objectives: "many", limits: true },
  ] as const);
  const refusal =
    (name: string, metrics: readonly Metric[], limits: readonly string[] = []) =>
    () =>
      registry.requireJudging(name, metrics, limits);

  it("one objective alone unless it says more", () => {
    expect(refusal("plain", [LOSS])).not.toThrow();
    expect(refusal("plain", TWO)).toThrow(
      "The thing plain knows one objective, and the study has 2: loss, ms. Choose one that can: many, both.",
    );
    expect(refusal("plain", [LOSS], LIMITS)).toThrow(
      'The thing plain knows no limits, and the study has "ms <= 20". Choose one that can: limited, both.',
    );
    expect(refusal("many", TWO)).not.toThrow();
    expect(refusal("many", TWO, LIMITS)).toThrow("knows no limits");
    expect(refusal("limited", [LOSS], LIMITS)).not.toThrow();
    expect(refusal("limited", TWO, LIMITS)).toThrow("knows one objective, and the study has 2");
    expect(refusal("both", TWO, LIMITS)).not.toThrow();
  });

  it("asks nothing of one objective without limits, so that a component this process does not know is not looked for", () => {
    expect(refusal("unknown", [LOSS])).not.toThrow();
    expect(refusal("unknown", TWO)).toThrow('There is no thing named "unknown"');
  });
});

describe("the built-in components", () => {
  it.each(["program"])("sampler %s knows one objective and no limits", (name) => {
    expect(() => requireSamplerFor(name, TWO, [])).toThrow(/Choose one that can: random, grid, qmc/);
    expect(() => requireSamplerFor(name, [LOSS], LIMITS)).toThrow(/Choose one that can: random, grid, qmc/);
  });

  it.each(["random", "grid", "qmc", "tpe", "gp", "nsga2", "nsga3", "auto"])("sampler %s takes any", (name) => {
    expect(() => requireSamplerFor(name, TWO, LIMITS)).not.toThrow();
  });

  it.each(["threshold", "patient", "wilcoxon", "curve", "pbt"])(
    "scheduler %s knows one objective and no limits",
    (name) => {
      const able = "none, median, percentile, halving, asha, hyperband, auto";
      expect(() => requireSchedulerFor(name, TWO, [])).toThrow(`Choose one that can: ${able}.`);
      expect(() => requireSchedulerFor(name, [LOSS], LIMITS)).toThrow(`Choose one that can: ${able}.`);
    },
  );

  it.each(["none", "median", "percentile", "halving", "asha", "hyperband", "auto"])(
    "scheduler %s takes any",
    (name) => {
      expect(() => requireSchedulerFor(name, TWO, LIMITS)).not.toThrow();
    },
  );
});
