import { describe, expect, it } from "vitest";
import { makeTrial } from "../objective/testing/make-trial.testing.ts";
import { float } from "../space/builders.ts";
import { defineSpace } from "../space/define-space.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { groupFailures } from "./failures.ts";
import { summarize } from "./summarize.ts";
import { findWinner } from "./winner.ts";

const METRICS: readonly Metric[] = [{ name: "loss", direction: "minimize" }];
const repeat = (configuration: number, numbers: readonly number[], losses: readonly number[]) =>
  numbers.map((number, i) => makeTrial(number, losses[i]!, { configuration, params: { x: configuration } }));

describe("findWinner", () => {
  it("names the best single run with no uncertainty, and its lead", () => {
    const trials = [makeTrial(0, 0.5), makeTrial(1, 0.2), makeTrial(2, 0.25)];
    expect(findWinner(trials, METRICS, { x: 0 })).toEqual({
      number: 1,
      params: { x: 1 },
      values: { loss: 0.2 },
      replicates: 1,
      confirmed: false,
      expected: 0.2,
      uncertainty: null,
      candidate: null,
      runnerUp: {
        number: 2,
        params: { x: 2 },
        value: 0.25,
        expected: 0.25,
        replicates: 1,
        uncertainty: null,
        lead: expect.closeTo(0.05),
        leadUncertainty: null,
        leadInterval: null,
      },
      default: {
        number: 0,
        params: { x: 0 },
        value: 0.5,
        expected: 0.5,
        replicates: 1,
        uncertainty: null,
        lead: 0.3,
        leadUncertainty: null,
        leadInterval: null,
      },
    });
  });

  it("gives the mean of replicates and its standard error", () => {
    const trials = [...repeat(0, [0, 1, 2, 3], [1, 2, 3, 2]), ...repeat(4, [4, 5], [5, 7])];
    const winner = findWinner(trials, METRICS, null)!;
    const error = Math.sqrt(2 / 3) / 2;
    expect(winner).toMatchObject({ number: 0, values: { loss: 2 }, replicates: 4, default: null });
    expect(winner.uncertainty).toBeCloseTo(error, 14);
    expect(winner.runnerUp).toMatchObject({ number: 4, value: 6, lead: 4, uncertainty: 1 });
    expect(winner.runnerUp!.leadUncertainty).toBeCloseTo(Math.sqrt(error * error + 1), 14);
  });

  it("does not let one lucky run beat a configuration that was confirmed, and names it as worth confirming", () => {
    const fresh = (configuration: number, from: number, losses: readonly number[]) => {
      const again = repeat(configuration, [configuration, from, from + 1, from + 2], losses);
      return again.map((trial, k) => ({ ...trial, replicate: k === 0 ? null : { index: k, seed: k, fold: null } }));
    };
    const confirmed = [...fresh(0, 10, [0.1, 0.3, 0.34, 0.32]), ...fresh(1, 20, [0.2, 0.4, 0.44, 0.42])];
    const winner = findWinner([...confirmed, makeTrial(8, 0.5), makeTrial(9, 0.2)], METRICS, null)!;
    expect(winner).toMatchObject({ number: 0, confirmed: true, replicates: 3, runnerUp: { number: 1 } });
    expect(winner.candidate).toMatchObject({ number: 9, value: 0.2, replicates: 1, leadInterval: null });
    expect(winner.candidate!.expected).toBeGreaterThan(0.2);
    expect(winner.candidate!.lead).toBeCloseTo(-0.12, 12);
    expect(findWinner([...confirmed, makeTrial(9, 0.35)], METRICS, null)!.candidate).toBe(null);
  });

  it("does not let a poor configuration win for having been repeated", () => {
    expect(findWinner([...repeat(0, [0, 1], [0.8, 0.82]), makeTrial(5, 0.3)], METRICS, null)!.number).toBe(5);
  });

  it("turns with the direction, and finds nothing among failures and worthless values", () => {
    const trials = [makeTrial(0, 0.5), makeTrial(1, 0.2)];
    const winner = findWinner(trials, [{ name: "loss", direction: "maximize" }], null)!;
    expect(winner).toMatchObject({ number: 0, runnerUp: { number: 1, lead: 0.3 } });
    expect(findWinner([makeTrial(0, Number.NaN), makeTrial(1, 1, { state: "failed" })], METRICS, null)).toBe(null);
  });
});

describe("summarize", () => {
  it("counts by state and groups failures by outcome and cause with the newest message", () => {
    const trials = [
      makeTrial(0, 1, { state: "failed", outcome: "exit-code", message: "No room at 0x7f.\nlog\nKeyError: 3" }),
      makeTrial(1, Number.NaN),
      makeTrial(2, 1, { state: "failed", outcome: "timeout", message: "slow" }),
      makeTrial(3, 1, { state: "failed", outcome: "exit-code", message: "No room at 0x8a.\nother log\nKeyError: 12" }),
      makeTrial(6, 1, { state: "failed", outcome: "exit-code", message: "No room at 0x8a.\nTypeError" }),
      makeTrial(4, 1, { invalid: [{ from: 1, to: null }] }),
      makeTrial(5, 1, { state: "running" }),
    ];
    const report = summarize(trials, METRICS, defineSpace({ x: float(0, 9) }));
    expect(report).toMatchObject({ winner: null, invalid: 1, worthless: 1 });
    expect(report.counts).toEqual({ waiting: 0, running: 1, paused: 0, complete: 1, pruned: 0, failed: 4 });
    expect(groupFailures(trials)).toEqual([
      { outcome: "exit-code", count: 2, last: 3, message: "No room at 0x8a.\nother log\nKeyError: 12" },
      { outcome: "exit-code", count: 1, last: 6, message: "No room at 0x8a.\nTypeError" },
      { outcome: "timeout", count: 1, last: 2, message: "slow" },
    ]);
  });

  it("names the newest trial of all defaults where none of them has a value", () => {
    const space = defineSpace({ x: float(0, 9, { default: 2 }) });
    const of = (...trials: readonly Trial[]) => summarize(trials, METRICS, space).defaultTrial;
    const failed = makeTrial(0, 1, { params: { x: 2 }, state: "failed", values: {} });
    const running = makeTrial(1, 1, { params: { x: 2 }, state: "running", values: {} });
    const other = makeTrial(2, 1, { params: { x: 3 } });
    expect(of(failed, running, other)).toEqual({ number: 1, state: "running" });
    expect(of(failed, { ...running, invalid: [{ from: 1, to: null }] }, other)).toEqual({ number: 0, state: "failed" });
    expect(of(failed)).toEqual({ number: 0, state: "failed" });
    expect(of(failed, makeTrial(3, 1, { params: { x: 2 } }))).toBe(null);
    expect(of(other)).toBe(null);
    expect(summarize([failed], METRICS, defineSpace({ x: float(0, 9) }))).toMatchObject({
      hasDefaults: false,
      defaultTrial: null,
    });
  });
});
