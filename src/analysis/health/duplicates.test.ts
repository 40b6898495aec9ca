import { describe, expect, it } from "vitest";
import { makeTrial } from "../../objective/testing/make-trial.testing.ts";
import { TrialList } from "../../trial/list/trial-list.ts";
import type { Trial } from "../../trial/trial.ts";
import { duplicates } from "./duplicates.ts";

const fresh = (count: number): readonly Trial[] => Array.from({ length: count }, (_, k) => makeTrial(k, k));
const again = (count: number, more: Partial<Trial> = {}): readonly Trial[] =>
  Array.from({ length: count }, (_, k) => makeTrial(100 + k, k, { configuration: k, params: { x: k }, ...more }));
const found = (...trials: readonly Trial[]) => duplicates(TrialList.of(trials));

describe("duplicates", () => {
  it("finds five or more of a tenth or more", () => {
    expect(found(...fresh(40), ...again(5))).toEqual({ trials: 45, repeated: 5, last: 104, first: 4 });
    expect(found(...fresh(40), ...again(4))).toBeNull();
    expect(found(...fresh(60), ...again(5))).toBeNull();
  });

  it("takes what is repeated on purpose for none", () => {
    expect(found(...fresh(9), ...again(9, { origin: "enqueued" }))).toBeNull();
    expect(found(...fresh(9), ...again(9, { origin: "imported" }))).toBeNull();
    expect(found(...fresh(9), ...again(9, { origin: "scheduler" }))).toBeNull();
    expect(found(...fresh(9), ...again(9, { replicate: { index: 1, seed: 2, fold: null } }))).toBeNull();
    expect(found(...fresh(9), ...again(9, { invalid: [{ from: 1, to: null }] }))).toBeNull();
    expect(found(...fresh(9), ...again(9, { state: "failed" }))).toBeNull();
  });
});
