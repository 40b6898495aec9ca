import { describe, expect, it } from "vitest";
import { makeTrial } from "../objective/testing/make-trial.testing.ts";
import type { Trial } from "../trial/trial.ts";
import { trialTimes } from "./trial-times.ts";

function taking(number: number, ...seconds: readonly (number | null)[]): Trial {
  const attempts = seconds.map((own, index) => ({
    index,
    owner: { kind: "detached", token: "t" } as const,
    startedAt: 5000,
    endedAt: own === null ? null : 5000 + own * 1000,
    outcome: null,
    message: null,
    exitCode: null,
    signal: null,
    checkpoint: null,
  }));
  return makeTrial(number, 0, { segments: [{ index: 0, until: null, attempts }] });
}

describe("trialTimes", () => {
  it("adds up all attempts, and takes the trial in the middle", () => {
    expect(trialTimes([taking(0, 1, 2), taking(1, 10), taking(2, 4), taking(3, null)])).toEqual({
      total: 17,
      median: 4,
    });
  });

  it("goes by what was measured, whatever became of the clock", () => {
    const trial = taking(0, 7200);
    const segments = trial.segments.map((one) => ({
      ...one,
      attempts: one.attempts.map((attempt) => ({ ...attempt, seconds: 1.5 })),
    }));
    expect(trialTimes([{ ...trial, segments }])).toEqual({ total: 1.5, median: 1.5 });
  });

  it("does not count until somebody noticed that an attempt was lost", () => {
    const trial = taking(0, 86_400, 2);
    const segments = trial.segments.map((one) => ({
      ...one,
      attempts: one.attempts.map((attempt, k) => ({
        ...attempt,
        outcome: k === 0 ? ("lost" as const) : ("ok" as const),
      })),
    }));
    expect(trialTimes([{ ...trial, segments }])).toEqual({ total: 2, median: 2 });
  });

  it("is null before anything has ended", () => {
    expect(trialTimes([taking(0, null), makeTrial(1, 0)])).toBe(null);
  });
});
