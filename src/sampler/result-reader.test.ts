import { describe, expect, it } from "vitest";
import { choice, defineSpace, float } from "../space/index.ts";
import type { Params } from "../space/json.ts";
import type { Metric } from "../trial/metric.ts";
import type { TrialState } from "../trial/trial.ts";
import { ResultReader } from "./result-reader.ts";
import { makeView } from "./testing/make-view.testing.ts";

const space = defineSpace({ x: float(0, 1), kind: choice([1, 20]) });
const ERROR = { name: "error", direction: "minimize" } as const;
const GAIN = { name: "gain", direction: "maximize" } as const;
const MS = { name: "ms", direction: "minimize" } as const;

interface Row {
  readonly values: readonly number[];
  readonly params?: Params;
  readonly state?: TrialState;
  readonly trial?: number;
}

function view(rows: readonly Row[]) {
  const finished = rows.map(({ values, params = { x: 0.5, kind: 1 }, state = "complete", trial }, i) => ({
    ...{ trial: trial ?? i, params, state, values, segment: 0, step: i },
    outcome: state === "failed" ? ("error" as const) : ("ok" as const),
  }));
  return makeView({ space, metrics: [ERROR, GAIN, MS], rows: finished, pending: [], revision: rows.length });
}

function read(rows: readonly Row[], limits?: readonly string[]) {
  const reader = new ResultReader();
  const judging = { space, metrics: [ERROR, GAIN], ...(limits !== undefined && { limits }) };
  return { reader, results: reader.read(view(rows), judging, () => {}) };
}

describe("ResultReader", () => {
  it("turns all objectives so that small is good, and says what kind of trial it is", () => {
    const rows: readonly Row[] = [
      { values: [1, 5, 0] },
      { values: [1, 5, 0], state: "failed" },
      { values: [1, Number.NaN, 0] },
      { values: [1, 5, 0], state: "paused" },
      { values: [1, Number.POSITIVE_INFINITY, 0], state: "pruned" },
    ];
    const { results } = read(rows);
    expect(results.map(({ kind }) => kind)).toEqual(["complete", "worthless", "worthless", "cut-short", "cut-short"]);
    expect(results.map(({ point }) => [...point])[0]).toEqual([1, -5]);
    expect(results.map(({ trial, row, step }) => [trial, row, step])[3]).toEqual([3, 3, 3]);
  });

  it("judges by limits over metrics and parameters; what is missing breaks them the most", () => {
    const rows: readonly Row[] = [
      { values: [1, 5, 10] },
      { values: [1, 5, 30] },
      { values: [1, 5, 15], params: { x: 0.5, kind: 20 } },
      { values: [1, 5, Number.NaN] },
      { values: [1, 5, 10], params: { kind: 1 } },
    ];
    const { reader, results } = read(rows, ["ms <= params.kind + 9", "params.x <= 0.7"]);
    const { scale } = reader;
    expect(results.map(({ excesses }) => scale.keeps(excesses))).toEqual([true, false, true, false, true]);
    expect(scale.compare(results[1]!.excesses, results[3]!.excesses)).toBeLessThan(0);
  });

  it("counts by goals until a trial that keeps the limits met one of each objective", () => {
    const metrics = [
      { ...ERROR, goal: 0.1 },
      { ...GAIN, goal: 5 },
    ];
    const goalsAfter = (rows: readonly Row[], limits: readonly string[] = [], given: readonly Metric[] = metrics) => {
      const reader = new ResultReader();
      reader.read(view(rows), { space, metrics: given, limits }, () => {});
      return reader.goals === null ? null : [...reader.goals];
    };
    const met = { values: [0.1, 6, 30] };
    expect(goalsAfter([{ values: [0.2, 9, 0] }, { values: [0, 4, 0] }])).toEqual([0.1, -5]);
    expect(goalsAfter([met])).toBe(null);
    expect(goalsAfter([{ ...met, state: "paused" }])).toEqual([0.1, -5]);
    expect(goalsAfter([met], ["ms <= 20"])).toEqual([0.1, -5]);
    expect(goalsAfter([met], ["ms <= 30"])).toBe(null);
    expect(goalsAfter([met], [], [{ ...ERROR, goal: 0.1 }, GAIN])).toEqual([0.1, Number.NEGATIVE_INFINITY]);
    expect(goalsAfter([met], [], [ERROR, GAIN])).toBe(null);
  });

  it("reads all again when goals change", () => {
    const reader = new ResultReader();
    const rows: readonly Row[] = [{ values: [1, 5, 0] }];
    const goalsWith = (goal: number) => {
      reader.read(view(rows), { space, metrics: [{ ...ERROR, goal }] }, () => {});
      return reader.goals;
    };
    expect(goalsWith(0.5)).toEqual(Float64Array.of(0.5));
    expect(goalsWith(2)).toBe(null);
    expect(goalsWith(0.7)).toEqual(Float64Array.of(0.7));
  });

  it("leaves out a choice that the space has no more", () => {
    const seen = view([{ values: [1, 5, 10] }]);
    seen.columns.params.kind![0] = 7;
    const judging = { space, metrics: [ERROR], limits: ["params.kind <= 0"] };
    const reader = new ResultReader();
    const [result] = reader.read(seen, judging, () => {});
    expect(reader.scale.keeps(result!.excesses)).toBe(true);
  });

  it("reads each row once, and all again when objectives or limits change", () => {
    const reader = new ResultReader();
    let begun = 0;
    const trials = (rows: readonly Row[], limits: readonly string[], metrics = [ERROR, GAIN]) =>
      reader.read(view(rows), { space, metrics, limits }, () => begun++).map(({ trial }) => trial);
    const rows: readonly Row[] = [{ values: [1, 5, 0] }, { values: [2, 5, 0] }, { values: [3, 5, 0], trial: 0 }];
    expect(trials(rows.slice(0, 1), [])).toEqual([0]);
    const before = begun;
    expect(trials(rows, [])).toEqual([1, 0]);
    expect(begun).toBe(before);
    expect(trials(rows, ["ms <= 1"])).toEqual([0, 1, 0]);
    expect(trials(rows, ["ms <= 1"])).toEqual([]);
    expect(trials(rows, ["ms <= 1"], [ERROR])).toEqual([0, 1, 0]);
    expect(begun).toBe(before + 2);
  });
});
