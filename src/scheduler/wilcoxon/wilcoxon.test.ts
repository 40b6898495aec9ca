import { describe, expect, it } from "vitest";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import type { JsonValue } from "../../space/json.ts";
import type { Metric } from "../../trial/metric.ts";
import { createScheduler } from "../registry.ts";
import { schedulerContract } from "../scheduler.contract.ts";
import { Simulator } from "../testing/simulate.testing.ts";

const LOSS: Metric = { name: "loss", direction: "minimize" };
const make = (options: Readonly<Record<string, JsonValue>> = {}, metric = LOSS) =>
  createScheduler({ name: "wilcoxon", options }, [metric]);

schedulerContract("wilcoxon", { make: (metrics) => createScheduler({ name: "wilcoxon", options: {} }, metrics) });

/** Trials of ten folds: a level each, folds that differ much, little noise. Where each stopped, null for nowhere. */
function stops(levels: readonly number[], options: Readonly<Record<string, JsonValue>> = {}, metric = LOSS) {
  const sign = metric.direction === "minimize" ? 1 : -1;
  const curve = (trial: number, step: number): number => {
    const noise = keyedStreams(2, trial).stream(`fold ${step}`).float() / 10;
    return sign * (levels[trial]! + 5 * ((step * 7) % 10) + noise);
  };
  const plan = { metric, curve, steps: 10, workers: 1, trials: levels.length };
  const { trials, log } = new Simulator(make(options, metric), plan).run();
  return { at: trials.map(({ state, reports }) => (state === "pruned" ? reports.length : null)), log };
}

describe("wilcoxon", () => {
  it("stops a trial that is worse on every fold as soon as the test can tell, though folds differ far more", () => {
    expect(stops([1, 2, 0, 1, 3]).at).toEqual([null, 5, null, 5, 5]);
    expect(stops([1, 2, 0, 1, 3], { level: 0.01 }).at).toEqual([null, 7, null, 7, 7]);
    expect(stops([1, 2, 0, 1, 3], { startup: 8 }).at).toEqual([null, 8, null, 8, 8]);
    expect(stops([1, 2, 0, 1, 3], {}, { name: "loss", direction: "maximize" }).at).toEqual([null, 5, null, 5, 5]);
  });

  it("lets go on what cannot be told apart", () => {
    expect(stops([1, 1.001, 0.999, 1]).at).toEqual([null, null, null, null]);
  });

  it("says against whom, by how much and how surely", () => {
    const { log } = stops([1, 2]);
    const reasons = log.flatMap(({ event }) =>
      event.type === "finished" && event.decision ? [event.decision.reason] : [],
    );
    expect(reasons).toEqual([
      expect.stringMatching(
        /^loss worse by [\d.]+ on average than trial 0, the best so far, on 5 steps of both \(signed-rank test, p = 0\.0313\)$/,
      ),
    ]);
  });

  it("refuses options that make no sense", () => {
    expect(() => make({ level: 0.9 })).toThrow(/level is 0.9/);
    expect(() => make({ p_threshold: 0.1 })).toThrow(/allowed are level, startup/);
  });
});
