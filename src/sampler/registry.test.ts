import { describe, expect, it } from "vitest";
import { AttuneError } from "../errors.ts";
import { createSampler, registerSampler, requireSamplerFor, samplerJudges, samplerNames } from "./registry.ts";
import { HASH_VIEW } from "./testing/hash-view.testing.ts";

const EMPTY = { parameters: [], where: [] };

describe("the sampler registry", () => {
  it("names what there is and the nearest word for an unknown name", () => {
    const make = () => createSampler({ name: "randon", options: {} }, EMPTY);
    expect(make).toThrow(AttuneError);
    expect(make).toThrow(/There is no sampler named "randon"; there are random, grid.* Did you mean "random"\?/);
  });

  const METRICS = [
    { name: "loss", direction: "minimize" },
    { name: "recall", direction: "maximize" },
  ] as const;

  it.each(samplerNames())("lets %s choose by several objectives, or refuses it with those that can", (name) => {
    const require = () => requireSamplerFor(name, METRICS, []);
    if (samplerJudges(name, 2, 0)) return expect(require).not.toThrow();
    expect(require).toThrow(
      `The sampler ${name} knows one objective, and the study has 2: loss, recall. Choose one that can: random, grid, qmc`,
    );
  });

  it("refuses options that a sampler does not take", () => {
    const make = () => createSampler({ name: "random", options: { points: 3 } }, EMPTY);
    expect(make).toThrow("sampler random has no option points; sampler random takes no options.");
  });

  it("takes samplers from outside, once a name", () => {
    registerSampler(HASH_VIEW);
    expect(samplerNames()).toContain("hash-view");
    expect(createSampler({ name: "hash-view", options: {} }, EMPTY).needsView).toBe(true);
    expect(() => registerSampler(HASH_VIEW)).toThrow("A sampler named hash-view is registered already");
    expect(() => registerSampler({ ...HASH_VIEW, name: "Hash View" })).toThrow("cannot name a sampler");
  });
});
