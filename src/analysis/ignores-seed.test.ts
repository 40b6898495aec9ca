import { describe, expect, it } from "vitest";
import { makeTrial } from "../objective/testing/make-trial.testing.ts";
import type { Trial } from "../trial/trial.ts";
import { ignoresSeed } from "./ignores-seed.ts";

const fresh = (number: number, loss: number, more: Partial<Trial> = {}): Trial =>
  makeTrial(number, loss, { configuration: 0, replicate: { index: number, seed: number, fold: null }, ...more });
const reports = (...losses: readonly number[]): Partial<Trial> => ({
  reports: losses.map((loss, seq) => ({ seq, step: seq, values: { loss } })),
});

describe("ignoresSeed", () => {
  it("is true of two fresh runs that came out as the first run did", () => {
    expect(ignoresSeed([makeTrial(0, 1), fresh(1, 1), fresh(2, 1), makeTrial(3, 7)], 0)).toBe(true);
  });

  it("is false of one fresh run, of another value in any run, and of another course to the same value", () => {
    expect(ignoresSeed([makeTrial(0, 1), fresh(1, 1)], 0)).toBe(false);
    expect(ignoresSeed([makeTrial(0, 1.5), fresh(1, 1), fresh(2, 1)], 0)).toBe(false);
    expect(ignoresSeed([makeTrial(0, 1), fresh(1, 1), fresh(2, 2)], 0)).toBe(false);
    expect(ignoresSeed([fresh(1, 1, reports(3, 1)), fresh(2, 1, reports(2, 1))], 0)).toBe(false);
    expect(ignoresSeed([fresh(1, 1, reports(3, 1)), fresh(2, 1, reports(3, 1))], 0)).toBe(true);
  });

  it("counts neither failures nor runs on one seed twice", () => {
    const replicate = { index: 1, seed: 1, fold: null };
    expect(ignoresSeed([fresh(1, 1), fresh(2, 1, { replicate })], 0)).toBe(false);
    expect(ignoresSeed([fresh(1, 1), fresh(2, 1, { state: "failed" })], 0)).toBe(false);
  });
});
