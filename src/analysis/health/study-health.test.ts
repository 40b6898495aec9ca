import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeTrial } from "../../objective/testing/make-trial.testing.ts";
import { choice, float } from "../../space/builders.ts";
import { defineSpace } from "../../space/define-space.ts";
import type { Params } from "../../space/json.ts";
import type { Trial } from "../../trial/trial.ts";
import { findBest } from "../find-best.ts";
import { failurePatterns } from "./failure-pattern.ts";
import { sameValue } from "./same-value.ts";
import { silentScheduler } from "./silent-scheduler.ts";
import { studyHealth } from "./study-health.ts";

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
      last: 4,
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

describe("studyHealth", () => {
  const study = { metrics: [METRIC], space: SPACE, limits: [], settings: { scheduler: { name: "none" } } };
  const told = (trials: readonly Trial[]) => studyHealth(trials, study, findBest(trials, [METRIC], null));

  it("judges the winner's ends from five configurations on, and not where all values are equal", () => {
    const trials = losses(5, 4, 3, 2, 1).map((trial) => ({
      ...trial,
      params: { dropout: trial.number / 8, optimizer: "adam" },
    }));
    expect(told(trials)).toMatchObject([
      {
        kind: "edge",
        severity: "hint",
        sentence: expect.stringContaining("dropout = 0.5 lies at the high end"),
        data: { parameter: "dropout", side: "high" },
        remedy: { does: "edit-space", edit: { set: { parameters: [{ name: "dropout", low: 0, high: 0.75 }] } } },
      },
    ]);
    expect(told(trials.slice(1))).toEqual([]);
    expect(told(trials.map((trial) => ({ ...trial, values: { loss: 1 } })))).toMatchObject([
      { kind: "same-value", severity: "problem", remedy: { does: "look-at-log", trial: 4 } },
    ]);
  });

  it("says what keeps failures out, as a change that the space takes", () => {
    const well = Array.from({ length: 20 }, (_, k) =>
      makeTrial(100 + k, k, { params: { dropout: 0.3, optimizer: "adam" } }),
    );
    const remedy = (...bad: readonly Params[]) =>
      told([...well, ...bad.map((params, k) => failed(k, params))]).find(({ kind }) => kind === "failures")?.remedy;
    const dropouts = (...values: readonly number[]) => values.map((dropout) => ({ dropout, optimizer: "adam" }));
    const where = (text: string) => ({ does: "edit-space", edit: { where: [text] } });
    expect(remedy(...dropouts(0.45, 0.4, 0.5))).toMatchObject(where("dropout < 0.4"));
    expect(remedy(...dropouts(0.1, 0.05, 0.07))).toMatchObject(where("dropout > 0.1"));
    expect(remedy(...dropouts(0.1, 0.1, 0.1))).toMatchObject(where("dropout != 0.1"));
    const lion = [0.1, 0.2, 0.4].map((dropout) => ({ dropout, optimizer: "lion" }));
    expect(remedy(...lion)).toMatchObject(where('optimizer != "lion"'));
  });

  it("keeps out no values of which more trials ended well", () => {
    const trials = Array.from({ length: 200 }, (_, k) => {
      const params = { dropout: 0.5 * ((k * 0.618) % 1), optimizer: "adam" };
      return k % 4 === 0 && params.dropout > 0.25 ? failed(k, params) : makeTrial(k, 1 + (k % 7), { params });
    });
    expect(told(trials)[0]).toMatchObject({ kind: "failures", data: { relation: "at-least" }, remedy: null });
  });

  it("says nothing of a study that is well, whatever order its trials have", () => {
    const trials = Array.from({ length: 100 }, (_, k) =>
      makeTrial(k, 10 / (k + 1) + 1, {
        params: { dropout: 0.05 + 0.4 * ((k * 0.618) % 1), optimizer: k % 3 ? "adam" : "sgd" },
      }),
    );
    expect(told(trials)).toEqual([]);
    expect(told([])).toEqual([]);
  });
});
