import { describe, expect, it } from "vitest";
import type { Metric } from "../../../trial/metric.ts";
import { heldOutNames } from "./held-out-names.ts";

const metrics = (...names: readonly string[]): readonly Metric[] =>
  names.map((name) => ({ name, direction: "minimize" }));

describe("heldOutNames", () => {
  it("is the study's own names where nothing else is said", () => {
    expect(heldOutNames(metrics("loss", "ms"), [])).toEqual(["loss", "ms"]);
  });

  it("takes a name of the one objective with and without it, and of several by theirs", () => {
    expect(heldOutNames(metrics("loss"), ["test_loss"])).toEqual(["test_loss"]);
    expect(heldOutNames(metrics("loss"), ["loss=test_loss"])).toEqual(["test_loss"]);
    expect(heldOutNames(metrics("loss", "ms"), ["ms=test ms", "loss=a=b"])).toEqual(["a=b", "test ms"]);
    // The longest name that fits: a name may hold the sign itself.
    expect(heldOutNames(metrics("a", "a=b"), ["a=b=c"])).toEqual(["a", "c"]);
  });

  it("refuses what says no objective, two names of one, and one name of two", () => {
    const refusal = (...given: readonly string[]) => {
      try {
        return heldOutNames(metrics("loss", "ms"), given).join();
      } catch (error) {
        return (error as Error).message;
      }
    };
    for (const text of ["test_loss", "los=x", "ms="])
      expect(refusal(text)).toBe(`--metric ${text} does not say which objective it is of; write loss=NAME or ms=NAME.`);
    expect(refusal("ms=a", "ms=b")).toBe("--metric says two names of ms: a and b. Give one.");
    expect(refusal("ms=loss")).toBe("loss and ms would both be read from loss; give each a metric of its own.");
  });
});
