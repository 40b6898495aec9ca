import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { defineSpace, float, int, type Space } from "../../space/index.ts";
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

  it("takes what a stopped trial had for no better than the median of the complete ones, until it has another row", () => {
    const complete = [row(1, "complete", 3), row(2, "complete", 5), row(3, "complete", 7)];
    const rows = [...complete, row(4, "pruned", 1), row(5, "pruned", 9)];
    expect(read(rows)).toEqual({ points: [1, 2, 3, 4, 5], values: [3, 5, 7, 5, 9], failed: [] });
    expect(read([...rows, row(4, "complete", 1)])).toMatchObject({ points: [1, 2, 3, 5, 4], values: [3, 5, 7, 9, 1] });
  });

  it("takes no trial that runs for a failed one, whatever it told on the way to a rung", () => {
    const rows = [row(1, "complete", 3), row(2, "running", Number.NaN), row(3, "paused", Number.NaN)];
    expect(read(rows)).toEqual({ points: [1], values: [3], failed: [3] });
  });
});

describe("readObservations, where trials pass rungs or are paused there", () => {
  const row = (trial: number, state: TrialState, step: number, value: number): FinishedRow => ({
    ...{ trial, params: { x: trial / 10 }, state, outcome: "ok", segment: 0, step, values: [value] },
  });
  const read = (rows: readonly FinishedRow[], space: Space = SPACE) => {
    const view = makeView({ space, metrics: METRICS, rows, pending: [], revision: 1 });
    const seen = readObservations(view, new PointSpace(space), METRICS[0], rows.length);
    const at = (all: readonly Float64Array[]) => all.map(([x]) => Math.round(10 * x!));
    const levels = [...seen.levels!].map((level) => Math.round(20 * Math.exp(-level)) / 20);
    return {
      points: at(seen.points),
      values: [...seen.values],
      levels,
      valued: at(seen.valued),
      failed: at(seen.failed),
    };
  };
  const climbed = [
    row(1, "paused", 1, 5),
    row(2, "running", 1, 4),
    row(3, "paused", 1, 8),
    row(2, "paused", 3, 2),
    row(1, "paused", 3, 3),
    row(2, "complete", 9, 1),
  ];

  it("has one for each step of each trial, of shorter runs what they would have been by what others gained", () => {
    expect(read(climbed)).toEqual({
      points: [1, 2, 3, 2, 1, 2],
      // From step 3 to the end 1 was gained, from step 1 to step 3 twice 2.
      values: [2, 1, 5, 1, 2, 1],
      levels: [0.1, 0.1, 0.1, 0.3, 0.3, 1],
      valued: [3, 1, 2],
      failed: [],
    });
  });

  it("measures how short runs were by the fidelity that the space declares, else by the longest there was", () => {
    const space = {
      ...SPACE,
      ...defineSpace({ epochs: int(1, 27, { fidelity: true }) }),
      parameters: SPACE.parameters,
    };
    expect(read(climbed.slice(0, 5), space).levels).toEqual([0.05, 0.05, 0.05, 0.1, 0.1]);
    expect(read(climbed.slice(0, 5)).levels).toEqual([0.3, 0.3, 0.3, 1, 1]);
    expect(read([...climbed.slice(0, 5), row(4, "complete", 2, 0)]).levels).toEqual([0.3, 0.3, 0.3, 1, 1, 1]);
  });

  it("takes the last of a trial's rows at a step, and one without a step for one of the shortest", () => {
    const again = [
      row(1, "running", 1, 7),
      row(1, "paused", 1, 6),
      row(2, "paused", Number.NaN, 4),
      row(3, "pruned", 2, 4),
    ];
    expect(read(again)).toMatchObject({ points: [1, 2, 3], values: [6, 4, 4], levels: [0.5, 0.35, 1] });
    const none = [row(1, "paused", 0, 6), row(2, "paused", -1, 4), row(3, "complete", Number.NaN, 4)];
    expect(read(none)).toMatchObject({ levels: [0, 0, 1] });
  });

  it("keeps what a trial had before it failed, and does not take it for one that may be run whole", () => {
    for (const step of [3, 9, Number.NaN]) {
      const seen = read([...climbed, row(1, "failed", step, Number.NaN)]);
      expect(seen).toMatchObject({ points: [1, 2, 3, 2, 1, 2], valued: [3, 2], failed: [1] });
    }
  });
});

describe("ObservationReader", () => {
  it("says of one view after another what a fresh reader says, whatever was hidden, shown again or added", () => {
    const change = fc.record({
      trial: fc.nat(11),
      state: fc.constantFrom<TrialState>("complete", "pruned", "failed", "running", "paused"),
      step: fc.constantFrom(1, 3, 9, Number.NaN),
      value: fc.integer({ min: -3, max: 3 }),
      hide: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        const reader = new ObservationReader(POINTS);
        const rows: FinishedRow[] = [];
        const hiddenTrials = new Set<number>();
        for (const { trial, state, step, value, hide } of changes) {
          const params = { x: trial / 12 };
          if (!hide)
            rows.push({ trial, params, state, outcome: "ok", segment: 0, step, values: [value || Number.NaN] });
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
