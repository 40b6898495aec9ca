import { describe, expect, it } from "vitest";
import { defineSpace, float } from "../../space/index.ts";
import type { TrialState } from "../../trial/trial.ts";
import { makeView } from "../testing/make-view.testing.ts";
import { ManyRanking } from "./many-ranking.ts";

const space = defineSpace({ x: float(0, 1) });
const A = { name: "a", direction: "minimize" } as const;
const B = { name: "b", direction: "maximize" } as const;

interface Row {
  readonly values: readonly [number, number];
  readonly state?: TrialState;
  readonly trial?: number;
  readonly step?: number;
}

function view(rows: readonly Row[]) {
  const finished = rows.map(({ values, state = "complete", trial, step = Number.NaN }, i) => ({
    ...{ trial: trial ?? i, params: { x: i / 1000 }, state, values, segment: 0, step },
    outcome: state === "failed" ? ("error" as const) : ("ok" as const),
  }));
  return makeView({ space, metrics: [A, B], rows: finished, pending: [], revision: rows.length + 1 });
}

function good(rows: readonly Row[], limits: readonly string[] = []): readonly number[] {
  const ranking = new ManyRanking(10);
  ranking.read(view(rows), { space, metrics: [A, B], limits });
  return ranking.good();
}

/** So many trials that are worse than all others, each by more than the one before. */
const bad = (count: number): readonly Row[] =>
  Array.from({ length: count }, (_none, k) => ({ values: [100 + k, -100 - k] }));

describe("ManyRanking", () => {
  it("calls a tenth good, front by front", () => {
    const rows: readonly Row[] = [...bad(27), { values: [2, 2] }, { values: [1, 3] }, { values: [3, 4] }];
    expect(good(rows)).toEqual([27, 28, 29]);
    expect(good(rows.slice(0, 29))).toEqual([0, 27, 28]);
    expect(good([...rows.slice(0, 9), ...rows.slice(28)])).toEqual([9, 10]);
  });

  it("takes of a front too large those whose hypervolume is largest", () => {
    const front: readonly Row[] = [0, 0.05, 0.5, 0.95, 1].map((f) => ({ values: [f, -(1 - f) * (1 - f)] }));
    expect(good([...front, ...bad(15)])).toEqual([1, 2]);
    expect(good([...front, ...bad(25)])).toEqual([1, 2, 3]);
  });

  it("takes those that keep the limits first, then those that break them least, then those that came far", () => {
    const rows: readonly Row[] = [
      { values: [9, 0] },
      { values: [1, 0] },
      { values: [7, 0], state: "pruned", step: 3 },
      { values: [7, 0], state: "pruned", step: 8 },
      { values: [0, 0], state: "failed" },
      { values: [3, Number.NaN] },
      { values: [8, 5] },
    ];
    const filled = (count: number): readonly Row[] => [
      ...rows,
      ...Array.from({ length: count }, (): Row => ({ values: [0, 0], state: "pruned", step: 1 })),
    ];
    expect(good(filled(5), ["b <= 1", "a >= 8.5"])).toEqual([0]);
    expect(good(filled(15), ["b <= 1", "a >= 8.5"])).toEqual([0, 6]);
    expect(good(filled(25), ["b <= 1", "a >= 8.5"])).toEqual([0, 1, 6]);
    expect(good(filled(35), ["b <= 1", "a >= 8.5"])).toEqual([0, 1, 3, 6]);
    expect(good(filled(45), ["b <= 1", "a >= 8.5"])).toEqual([0, 1, 2, 3, 6]);
  });

  it("ranks trials that pass rungs at the highest step to which enough came, by the first result from there on", () => {
    const at = (trial: number, step: number, a: number, state: TrialState = "paused"): Row => ({
      ...{ trial, step, state, values: [a, 0] },
    });
    const first = Array.from({ length: 24 }, (_none, trial) => at(trial, 3, 24 - trial));
    const second = Array.from({ length: 11 }, (_none, trial) => at(trial, 9, trial === 4 ? 0 : 50 + trial));
    // At step 3 the last are best; step 9 was reached by the first eleven.
    expect(good(first)).toEqual([21, 22, 23]);
    expect(good([...first, ...second])).toEqual([0, 1, 4]);
    const whole = { ...at(7, 27, 90, "complete") };
    expect(good([...first, ...second, whole])).toEqual([0, 1, 4]);
    expect(good([...first, ...second, at(2, 27, Number.NaN, "failed"), whole], ["a >= 51"])).toEqual([1, 3, 5]);
  });

  it("counts the last row of a trial, and says which trials moved", () => {
    const ranking = new ManyRanking(10);
    const judging = { space, metrics: [A, B] };
    const rows: readonly Row[] = [
      { values: [1, 1], state: "pruned" },
      { values: [5, 0] },
      { values: [1, 1], trial: 0 },
    ];
    expect(ranking.read(view(rows.slice(0, 2)), judging)).toEqual([0, 1]);
    expect(ranking.good()).toEqual([1]);
    expect(ranking.read(view(rows), judging)).toEqual([0]);
    expect(ranking.good()).toEqual([0]);
    expect([ranking.size, ranking.row(0), ranking.has(1), ranking.has(2)]).toEqual([2, 2, true, false]);
  });

  it("says that all is to be read again when limits change or the past is another", () => {
    const ranking = new ManyRanking(10);
    const rows: readonly Row[] = [{ values: [1, 1] }, { values: [5, 0] }];
    ranking.read(view(rows), { space, metrics: [A, B] });
    expect(ranking.read(view(rows), { space, metrics: [A, B], limits: ["a <= 2"] })).toBeNull();
    const other = new ManyRanking(10);
    other.read(view(rows), { space, metrics: [A, B] });
    expect(other.read(view(rows.slice(0, 1)), { space, metrics: [A, B] })).toBeNull();
  });

  it("thins out fronts of many objectives, too, and copes with huge values", () => {
    const metrics = Array.from({ length: 7 }, (_none, k) => ({ name: `m${k}`, direction: "minimize" as const }));
    const rows = Array.from({ length: 30 }, (_none, trial) => ({
      ...{ trial, params: { x: 0 }, state: "complete" as const, outcome: "ok" as const, segment: 0, step: Number.NaN },
      values: metrics.map((_metric, k) => (k % 2 === 0 ? trial : -trial) * 1e306 * 5),
    }));
    const ranking = new ManyRanking(10);
    ranking.read(makeView({ space, metrics, rows, pending: [], revision: 1 }), { space, metrics });
    const good = ranking.good();
    expect(good).toHaveLength(3);
    expect(good).toEqual(expect.arrayContaining([0, 29]));
  });
});
