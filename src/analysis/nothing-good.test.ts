import { describe, expect, it } from "vitest";
import { makeTrial } from "../objective/testing/make-trial.testing.ts";
import { choice, defineSpace, float } from "../space/index.ts";
import { nothingGood } from "./nothing-good.ts";

const metric = { name: "loss", direction: "minimize" } as const;
const space = defineSpace({ lr: float(0, 100), opt: choice(["a", "b", "c"]) });
const [lr, opt] = space.parameters as unknown as [Parameters<typeof nothingGood>[2], Parameters<typeof nothingGood>[2]];

describe("nothingGood", () => {
  // The best fifth lies at lr 40 to 59.
  const trials = Array.from({ length: 100 }, (_, k) =>
    makeTrial(k, k >= 40 && k < 60 ? 0 : 1, {
      params: { lr: k, opt: k % 10 === 0 ? "c" : k >= 40 && k < 60 ? "a" : "b" },
    }),
  );

  it("names the ends of a range in which no trial was among the best fifth", () => {
    expect(nothingGood(trials, metric, lr)).toEqual({ below: 40, above: 59, values: [], trials: 80 });
    expect(nothingGood(trials, { ...metric, direction: "maximize" }, lr)).toBeNull();
  });

  it("names single values that were never good, but not those that were hardly tried", () => {
    expect(nothingGood(trials, metric, opt)).toEqual({ below: null, above: null, values: ["b"], trials: 72 });
    const few = trials.filter(({ number }) => number >= 40 && number <= 61);
    expect(nothingGood(few, metric, opt)).toBeNull();
  });

  it("says nothing of an end that chance may have left without a good one", () => {
    expect(nothingGood(trials.slice(32), metric, lr)).toEqual({ below: null, above: 59, values: [], trials: 40 });
    expect(nothingGood([], metric, lr)).toBeNull();
  });
});
