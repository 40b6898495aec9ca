import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeTrial } from "../objective/testing/make-trial.testing.ts";
import { choice, float } from "../space/builders.ts";
import { defineSpace } from "../space/define-space.ts";
import type { Params } from "../space/json.ts";
import type { Trial } from "../trial/trial.ts";
import { failurePatterns } from "./failure-pattern.ts";
import { judgeStudy } from "./judge-study.ts";
import { sameValue } from "./same-value.ts";
import { silentScheduler } from "./silent-scheduler.ts";
import { findWinner } from "./winner.ts";

const METRIC = { name: "loss", direction: "minimize" } as const;
const SPACE = defineSpace({ dropout: float(0, 0.5), optimizer: choice(["adam", "sgd", "lion"]) });
const SEGMENTS: Trial["segments"] = [{ index: 0, until: null, attempts: [] }];
const losses = (...values: readonly number[]): readonly Trial[] => values.map((loss, k) => makeTrial(k, loss));
const failed = (number: number, params: Params, message = "boom"): Trial =>
  makeTrial(number, 0, { params, state: "failed", outcome: "exit-code", values: {}, message });

describe("sameValue", () => {
  it("finds one value of five different configurations, and not of fewer, of repeats, or with another value among them", () => {
    expect(sameValue(losses(1, 1, 1, 1, 1), METRIC)).toEqual({
      metric: "loss",
      value: 1,
      trials: 5,
      configurations: 5,
    });
    expect(sameValue(losses(1, 1, 1, 1), METRIC)).toBeNull();
    expect(sameValue(losses(1, 1, 1, 1, 1, 1.5), METRIC)).toBeNull();
    const repeats = losses(1, 1, 1, 1, 1, 1).map((trial) => ({ ...trial, params: { x: trial.number % 4 } }));
    expect(sameValue(repeats, METRIC)).toBeNull();
  });

  it("looks past failures and trials marked invalid", () => {
    const invalid = makeTrial(9, 7, { invalid: [{ from: 3, to: null }] });
    expect(sameValue([...losses(1, 1, 1, 1, 1), failed(8, { x: 1 }), invalid], METRIC)?.trials).toBe(5);
  });
});

describe("silentScheduler", () => {
  const run = (reports: number): Trial =>
    makeTrial(0, 1, {
      segments: SEGMENTS,
      reports: Array.from({ length: reports }, (_, seq) => ({ seq, step: seq, values: { loss: 1 } })),
    });

  it("finds a scheduler that got nothing before the end of five trials", () => {
    const silent = [run(1), run(0), run(1), run(1), run(1)];
    expect(silentScheduler(silent, "median")).toEqual({ scheduler: "median", trials: 5 });
    expect(silentScheduler(silent, "none")).toBeNull();
    expect(silentScheduler(silent, "of-another-process")).toEqual({ scheduler: "of-another-process", trials: 5 });
    expect(silentScheduler(silent.slice(1), "median")).toBeNull();
    expect(silentScheduler([...silent, run(2)], "median")).toBeNull();
    expect(silentScheduler([...silent, { ...run(1), state: "pruned" }], "median")).toBeNull();
  });

  it("does not count trials that were run elsewhere", () => {
    const elsewhere = Array.from({ length: 6 }, () => makeTrial(0, 1, { origin: "imported" }));
    expect(silentScheduler(elsewhere, "median")).toBeNull();
  });
});

describe("failurePatterns", () => {
  const well = Array.from({ length: 20 }, (_, k) =>
    makeTrial(100 + k, 1, { params: { dropout: (k + 1) / 50, optimizer: k % 2 ? "adam" : "sgd" } }),
  );

  it("finds a bound that all failures share", () => {
    const bad = [0, 1, 2].map((k) => failed(k, { dropout: 0, optimizer: k % 2 ? "adam" : "sgd" }));
    expect(failurePatterns([...bad, ...well], SPACE)).toMatchObject([
      { parameter: "dropout", relation: "equal", value: 0, failures: 3, last: 2, successes: 20, successesWith: 0 },
    ]);
  });

  it("finds a choice, and a range that also holds a success", () => {
    const lion = [0, 1, 2].map((k) => failed(k, { dropout: 0.1 + k / 10, optimizer: "lion" }));
    expect(failurePatterns([...lion, ...well], SPACE)).toMatchObject([
      { parameter: "optimizer", relation: "equal", value: "lion" },
    ]);
    const high = [0.399, 0.43, 0.47, 0.5].map((dropout, k) =>
      failed(k, { dropout, optimizer: k % 2 ? "adam" : "sgd" }),
    );
    expect(failurePatterns([...high, ...well], SPACE)).toMatchObject([
      { parameter: "dropout", relation: "at-least", value: 0.399, successesWith: 1 },
    ]);
  });

  it("tells causes apart where the failures together have nothing in common", () => {
    const lion = [0, 1, 2].map((k) => failed(k, { dropout: 0.1 + k / 10, optimizer: "lion" }, "unknown optimizer"));
    const zero = [3, 4, 5].map((k) => failed(k, { dropout: 0, optimizer: k % 2 ? "adam" : "sgd" }, "division by zero"));
    const found = failurePatterns([...lion, ...zero, ...well], SPACE);
    expect(found).toMatchObject([
      { parameter: "dropout", value: 0, last: 5 },
      { parameter: "optimizer", value: "lion", last: 2 },
    ]);
  });

  it("says nothing of two failures, of few trials, or of trials lost with their machine", () => {
    const bad = [0, 1, 2].map((k) => failed(k, { dropout: 0, optimizer: "adam" }));
    expect(failurePatterns([...bad.slice(1), ...well], SPACE)).toEqual([]);
    expect(failurePatterns([...bad, ...well.slice(0, 2)], SPACE)).toEqual([]);
    expect(failurePatterns([...bad.map((trial) => ({ ...trial, outcome: "lost" as const })), ...well], SPACE)).toEqual(
      [],
    );
  });

  it("finds something in less than one of twenty studies whose failures come by chance", () => {
    let alarms = 0;
    let studies = 0;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: 0, max: 0.5, noNaN: true }), fc.nat(2), fc.nat(9)), {
          minLength: 20,
          maxLength: 60,
        }),
        (rows) => {
          const trials = rows.map(([dropout, which, luck], k) => {
            const params = { dropout, optimizer: ["adam", "sgd", "lion"][which]! };
            return luck < 2 ? failed(k, params) : makeTrial(k, 1, { params });
          });
          studies += 1;
          alarms += failurePatterns(trials, SPACE).length > 0 ? 1 : 0;
        },
      ),
      { numRuns: 400 },
    );
    expect(alarms / studies).toBeLessThan(0.05);
  });
});

describe("judgeStudy", () => {
  const study = { metrics: [METRIC], space: SPACE, settings: { scheduler: { name: "none" } } };

  it("judges the winner's ends from five complete trials on, and not where all values are equal", () => {
    const trials = losses(5, 4, 3, 2, 1).map((trial) => ({
      ...trial,
      params: { dropout: trial.number / 8, optimizer: "adam" },
    }));
    const judged = (some: readonly Trial[]) => judgeStudy(some, study, findWinner(some, [METRIC], null)).edges;
    expect(judged(trials)).toMatchObject([{ parameter: "dropout", side: "high" }]);
    expect(judged(trials.slice(1))).toEqual([]);
    expect(judged(trials.map((trial) => ({ ...trial, values: { loss: 1 } })))).toEqual([]);
  });
});
