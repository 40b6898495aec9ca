import { describe, expect, it } from "vitest";
import { keyedStreams } from "../numeric/random/keyed-streams.ts";
import { makeTrial } from "../objective/testing/make-trial.testing.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";
import { estimateSaving } from "./saving-estimate.ts";

const LOSS: Metric = { name: "loss", direction: "minimize" };
const STEPS = 27;
const level = (trial: number): number => keyedStreams(4, trial).stream("level").float();

/** A complete trial that told its loss at each step. */
function told(number: number, curve: (step: number) => number, steps = STEPS, more: Partial<Trial> = {}): Trial {
  const reports = Array.from({ length: steps }, (_none, k) => ({
    seq: k,
    step: k + 1,
    values: { loss: curve(k + 1) },
  }));
  return makeTrial(number, curve(steps), { state: "complete", reports, ...more });
}

const study = (count: number, curve = (trial: number, step: number) => level(trial) + 1 / step): readonly Trial[] =>
  Array.from({ length: count }, (_none, number) => told(number, (step) => curve(number, step)));

describe("what a scheduler would have spared", () => {
  it("is most of a long study whose early values tell, and its best is kept", () => {
    const best = [...Array(60).keys()].reduce((a, b) => (level(b) < level(a) ? b : a));
    const estimate = estimateSaving(study(60), LOSS)!;
    expect(estimate).toMatchObject({ scheduler: "auto", trials: 60, best, found: { number: best } });
    expect(estimate.share).toBeLessThan(0.6);
    const asha = estimateSaving(study(60), LOSS, { name: "asha", options: {} })!;
    expect(asha.share).toBeLessThan(estimate.share);
    expect(asha.found!.number).toBe(best);
    // Turned about it is the same.
    const turned = study(60, (trial, step) => -level(trial) - 1 / step);
    expect(estimateSaving(turned, { ...LOSS, direction: "maximize" })).toMatchObject({ share: estimate.share, best });
  });

  it("names the one that would have been found where the best starts badly", () => {
    const late = (trial: number, step: number) => (trial === 40 ? (step < STEPS ? 9 : -1) : level(trial) + 1 / step);
    const estimate = estimateSaving(study(60, late), LOSS)!;
    const second = [...Array(60).keys()].reduce((a, b) => (b !== 40 && level(b) < level(a) ? b : a));
    expect([estimate.best, estimate.found!.number]).toEqual([40, second]);
    expect(estimate.found!.value).toBeCloseTo(level(second) + 1 / STEPS, 12);
  });

  it("is nothing where trials are few or tell nothing in between, and takes no others than complete ones of its own", () => {
    expect(estimateSaving(study(4), LOSS)).toBeNull();
    expect(
      estimateSaving(
        [...Array(20).keys()].map((number) => told(number, () => number, 2)),
        LOSS,
      ),
    ).toBeNull();
    expect(estimateSaving([], LOSS)).toBeNull();
    const others = [
      told(60, () => -9, STEPS, { origin: "imported" }),
      told(61, () => -9, STEPS, { state: "pruned" }),
      told(62, () => -9, STEPS, { invalid: [{ from: 1, to: null }] }),
      makeTrial(63, -9),
    ];
    expect(estimateSaving([...study(60), ...others], LOSS)).toEqual(estimateSaving(study(60), LOSS));
  });

  it("looks at the first trials alone where all are too many, and takes worthless values", () => {
    const many = estimateSaving(study(1_200), LOSS)!;
    expect(many.trials).toBe(740);
    const odd = study(30, (trial, step) => (trial % 3 === 0 ? Number.NaN : level(trial) + 1 / step)).map((trial) => ({
      ...trial,
      values: trial.number % 3 === 0 ? { loss: "NaN" as const } : trial.values,
      reports: trial.reports.map((report) =>
        trial.number % 3 === 0 ? { ...report, values: { loss: "NaN" as const } } : report,
      ),
    }));
    expect(estimateSaving(odd, LOSS)!.found!.number % 3).not.toBe(0);
  });
});
