import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { defineSpace, float } from "../../space/index.ts";
import { PointSpace } from "../../surrogate/gp/point-space.ts";
import type { TrialState } from "../../trial/trial.ts";
import { type FinishedRow, makeView } from "../testing/make-view.testing.ts";
import { ObservationReader, readObservations } from "./observations.ts";
import { trainingSet } from "./training-set.ts";

const METRICS = [{ name: "loss", direction: "minimize" }] as const;
const SPACE = defineSpace({ x: float(0, 1) });
const POINTS = new PointSpace(SPACE);

/** Twelve configurations, each three times, the upper half ten times as noisy as the lower one. */
function observed(state: (trial: number) => TrialState) {
  const stream = keyedStreams(3).stream("noise");
  const rows = Array.from({ length: 36 }, (_, trial): FinishedRow => {
    const x = ((trial % 12) + 0.5) / 12;
    const values = [x * x + (x < 0.5 ? 0.01 : 0.1) * stream.normal()];
    return { trial, params: { x }, state: state(trial), outcome: "ok", segment: 0, step: Number.NaN, values };
  });
  const view = makeView({ space: SPACE, metrics: METRICS, rows, pending: [], revision: 1 });
  return readObservations(view, POINTS, METRICS[0], rows.length);
}

describe("readObservations", () => {
  const row = (trial: number, state: TrialState, value: number): FinishedRow => ({
    ...{ trial, params: { x: trial / 10 }, state, outcome: "ok", segment: 0, step: 1, values: [value] },
  });
  const read = (rows: readonly FinishedRow[]) => {
    const view = makeView({ space: SPACE, metrics: METRICS, rows, pending: [], revision: 1 });
    const { points, values, failed } = readObservations(view, POINTS, METRICS[0], rows.length);
    const at = (all: readonly Float64Array[]) => all.map(([x]) => Math.round(10 * x!));
    return { points: at(points), values: [...values], failed: at(failed) };
  };

  it.each(["pruned", "paused", "running"] as const)(
    "takes what a trial that is %s has shown for no better than the median of the complete ones, until it has another row",
    (state) => {
      const complete = [row(1, "complete", 3), row(2, "complete", 5), row(3, "complete", 7)];
      const rows = [...complete, row(4, state, 1), row(5, state, 9)];
      expect(read(rows)).toEqual({ points: [1, 2, 3, 4, 5], values: [3, 5, 7, 5, 9], failed: [] });
      expect(read([...rows, row(4, "complete", 1)])).toMatchObject({
        points: [1, 2, 3, 5, 4],
        values: [3, 5, 7, 9, 1],
      });
    },
  );

  it("takes no trial that runs for a failed one, whatever it told on the way to a rung", () => {
    const rows = [row(1, "complete", 3), row(2, "running", Number.NaN), row(3, "paused", Number.NaN)];
    expect(read(rows)).toEqual({ points: [1], values: [3], failed: [3] });
  });
});

describe("ObservationReader", () => {
  it("says of one view after another what a fresh reader says, whatever was hidden, shown again or added", () => {
    const change = fc.record({
      trial: fc.nat(11),
      state: fc.constantFrom<TrialState>("complete", "pruned", "failed", "running"),
      value: fc.integer({ min: -3, max: 3 }),
      hide: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        const reader = new ObservationReader(POINTS);
        const rows: FinishedRow[] = [];
        const hiddenTrials = new Set<number>();
        for (const { trial, state, value, hide } of changes) {
          const params = { x: trial / 12 };
          if (!hide)
            rows.push({ trial, params, state, outcome: "ok", segment: 0, step: 1, values: [value || Number.NaN] });
          else if (!hiddenTrials.delete(trial)) hiddenTrials.add(trial);
          const hidden = [...rows.keys()].filter((row) => hiddenTrials.has(rows[row]!.trial));
          const parts = { space: SPACE, metrics: METRICS, rows: [...rows], pending: [], revision: rows.length };
          const view = makeView({ ...parts, hidden });
          expect(reader.read(view, METRICS[0])).toEqual(readObservations(view, POINTS, METRICS[0], view.rows.length));
        }
      }),
    );
  });
});

describe("trainingSet", () => {
  const data = observed(() => "complete");

  it("tells noisy from quiet places by their repeats, pending ones included", () => {
    const set = trainingSet(POINTS, data, 100, "identity", [Float64Array.of(0.1), Float64Array.of(0.9)]);
    expect(set.noiseFactors).toHaveLength(38);
    expect(set.noiseFactors[37]).toBeGreaterThan(5 * set.noiseFactors[36]!);
  });

  it("learns the noise from all trials where the model is made of some", () => {
    const set = trainingSet(POINTS, data, 12, "identity");
    expect(set.points).toHaveLength(12);
    expect(Math.max(...set.noiseFactors) / Math.min(...set.noiseFactors)).toBeGreaterThan(5);
  });

  it("takes pruned and failed trials for no repeats: their values are not what a run to the end gives", () => {
    for (const state of ["pruned", "paused", "running", "failed"] as const) {
      const { repeats, ...rest } = observed((trial) => (trial < 24 ? state : "complete"));
      expect(repeats).toEqual([]);
      expect(trainingSet(POINTS, { ...rest, repeats }, 100, "identity").noiseFactors.every((f) => f === 1)).toBe(true);
    }
    expect(data.repeats).toHaveLength(12);
  });
});
