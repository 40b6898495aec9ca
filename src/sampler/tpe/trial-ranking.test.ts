import { expect, it } from "vitest";
import { defineSpace, float } from "../../space/index.ts";
import type { Outcome, TrialState } from "../../trial/trial.ts";
import { makeView } from "../testing/make-view.testing.ts";
import { TrialRanking } from "./trial-ranking.ts";

const metric = { name: "loss", direction: "minimize" } as const;
const space = defineSpace({ x: float(0, 1) });

interface Row {
  readonly value: number;
  readonly state?: TrialState;
  readonly step?: number;
}

function good(rows: readonly Row[], direction: "minimize" | "maximize" = "minimize"): readonly number[] {
  const finished = rows.map(({ value, state = "complete", step = 1 }, trial) => {
    const outcome: Outcome = state === "failed" ? "error" : "ok";
    return { trial, params: { x: 0.5 }, state, outcome, segment: 0, step, values: [value] };
  });
  const view = makeView({ space, metrics: [{ ...metric, direction }], rows: finished, pending: [], revision: 10_000 });
  const ranking = new TrialRanking();
  ranking.read(view, { ...metric, direction });
  return ranking.good();
}

it.each([
  [0, 0],
  [1, 1],
  [10, 1],
  [11, 2],
  [100, 10],
  [241, 25],
  [250, 25],
  [251, 25],
  [1000, 25],
])("of %i trials the best %i are the good ones: a tenth, at most 25", (trials, count) => {
  // Trial k has the k-th worst value, so the good ones are the last.
  const rows = Array.from({ length: trials }, (_, k) => ({ value: trials - k }));
  expect(good(rows)).toEqual(Array.from({ length: count }, (_, k) => trials - count + k));
  expect(good(rows, "maximize")).toEqual(Array.from({ length: count }, (_, k) => k));
});

it("counts neither failed trials nor values that are none", () => {
  const worthless = Array.from({ length: 50 }, () => ({ value: Number.NaN, state: "failed" as const }));
  const rows = [...worthless, ...Array.from({ length: 20 }, (_, k) => ({ value: k })), { value: Number.NaN }];
  expect(good(rows)).toEqual([50, 51]);
});

it("puts complete trials before those cut short, of these the furthest, then the better, then the first", () => {
  const cut = (step: number, value: number): Row => ({ value, step, state: "pruned" });
  const rows = [
    cut(9, 0),
    cut(3, 0),
    cut(9, -1),
    cut(9, -1),
    { value: 100 },
    ...Array.from({ length: 15 }, () => cut(1, 5)),
  ];
  expect(good(rows)).toEqual([2, 4]);
  expect(good([cut(1, 0), cut(Number.NaN, 0), ...Array.from({ length: 8 }, () => cut(Number.NaN, 0))])).toEqual([0]);
});
