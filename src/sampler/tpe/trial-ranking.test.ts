import fc from "fast-check";
import { describe, expect, it } from "vitest";
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
  const ranking = new TrialRanking(10);
  ranking.read(view, { space, metrics: [{ ...metric, direction }] });
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

it("counts a trial once, however many rows it has", () => {
  const row = (trial: number, state: TrialState, step: number) => {
    const params = { x: 0.5 };
    return { trial, params, state, outcome: "ok" as const, segment: 0, step, values: [trial] };
  };
  const others = Array.from({ length: 9 }, (_, trial) => row(trial, "complete", 1));
  const again = Array.from({ length: 30 }, (_, step) => row(9, "paused", step));
  const ended = [...again, row(9, "failed", 30)];
  for (const [rows, count] of [
    [[...others, ...again], 1],
    [[...others, ...again, row(10, "complete", 1)], 2],
    [[...others, ...ended, row(10, "complete", 1)], 1],
  ] as const) {
    const view = makeView({ space, metrics: [metric], rows, pending: [], revision: 10_000 });
    const ranking = new TrialRanking(10);
    ranking.read(view, { space, metrics: [metric] });
    expect(ranking.good()).toHaveLength(count);
  }
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

describe("where trials pass rungs or are paused there", () => {
  const at = (trial: number, state: TrialState, step: number, value: number) => ({
    ...{ trial, params: { x: 0.5 }, state, outcome: "ok" as const, segment: 0, step, values: [value] },
  });
  const goodOf = (rows: readonly ReturnType<typeof at>[], enough = 5) => {
    const view = makeView({ space, metrics: [metric], rows, pending: [], revision: 10_000 });
    const ranking = new TrialRanking(enough);
    ranking.read(view, { space, metrics: [metric] });
    return ranking.good();
  };
  /** Trials from 0 on that came to step 1, the better the higher their number, those from 24 on to 3 and from 27 on to 9 as well. */
  const climbed = (last: TrialState = "paused") =>
    Array.from({ length: 30 }, (_, k) => [
      at(k, k < 24 ? last : "running", 1, 100 - k),
      ...(k < 24 ? [] : [at(k, last, 3, k)]),
      ...(k < 27 ? [] : [at(k, last, 9, 90 - k)]),
    ]).flat();

  it("ranks at the highest step to which enough of them came, by what they had there", () => {
    expect(goodOf(climbed(), 3)).toEqual([28, 29]);
    expect(goodOf(climbed(), 5)).toEqual([24, 25, 26]);
    expect(goodOf(climbed(), 7)).toEqual([27, 28, 29]);
    expect(goodOf(climbed(), 100)).toEqual([27, 28, 29]);
  });

  it("takes trials that were run whole for such as came to every step, by their first row from there on", () => {
    const whole = [40, 41].map((k) => at(k, "complete", 9, k === 40 ? -5 : 500));
    expect(goodOf([...climbed(), ...whole], 5)).toEqual([28, 29, 40]);
    expect(goodOf([...climbed(), ...whole, at(27, "complete", 9, 63)], 7)).toEqual([24, 25, 26, 40]);
  });

  it("takes stopped trials for what they had at their step, too", () => {
    expect(goodOf(climbed("pruned"), 5)).toEqual([24, 25, 26]);
  });

  it("counts neither who failed later on nor values that are none", () => {
    const rows = [...climbed(), at(24, "failed", 9, Number.NaN), at(25, "paused", 9, Number.NaN)];
    expect(goodOf(rows, 5)).toEqual([25, 26, 27]);
  });
});

it("knows from view to view what one who reads all at once knows, though trials get other rows", () => {
  const draw = fc.record({
    trial: fc.nat(60),
    value: fc.oneof(fc.integer({ min: -20, max: 20 }), fc.constant(Number.NaN)),
    state: fc.constantFrom<TrialState>("complete", "complete", "pruned", "paused", "running", "failed"),
    step: fc.integer({ min: 1, max: 4 }),
  });
  fc.assert(
    fc.property(fc.array(draw, { maxLength: 120 }), fc.array(fc.nat(30), { maxLength: 12 }), (draws, cuts) => {
      const rows = draws.map(({ trial, value, state, step }) => {
        const outcome: Outcome = state === "failed" ? "error" : "ok";
        return { trial, params: { x: 0.5 }, state, outcome, segment: 0, step, values: [value] };
      });
      const kept = new TrialRanking(10);
      let end = 0;
      for (const cut of [...cuts, rows.length]) {
        const begin = end;
        end = Math.min(rows.length, end + cut);
        const view = makeView({ space, metrics: [metric], rows: rows.slice(0, end), pending: [], revision: 10_000 });
        const fresh = new TrialRanking(10);
        expect(new Set(kept.read(view, { space, metrics: [metric] }))).toEqual(
          new Set(rows.slice(begin, end).map(({ trial }) => trial)),
        );
        fresh.read(view, { space, metrics: [metric] });
        expect([kept.good(), kept.size]).toEqual([fresh.good(), fresh.size]);
        for (const { trial } of rows.slice(0, end)) expect(kept.row(trial)).toBe(fresh.row(trial));
      }
    }),
  );
});

it("does not go on from a view that began otherwise", () => {
  const rows = [1, 2, 3].map((value, trial) => ({
    trial,
    params: { x: 0.5 },
    state: "complete" as const,
    outcome: "ok" as const,
    segment: 0,
    step: 1,
    values: [value],
  }));
  const view = (hidden: readonly number[], count = 3) =>
    makeView({ space, metrics: [metric], rows: rows.slice(0, count), pending: [], revision: 100, hidden });
  const ranking = new TrialRanking(10);
  expect(ranking.read(view([]), { space, metrics: [metric] })).toEqual([0, 1, 2]);
  expect(ranking.read(view([]), { space, metrics: [metric] })).toEqual([]);
  expect(ranking.read(view([1]), { space, metrics: [metric] })).toBeNull();
  expect(ranking.read(view([], 2), { space, metrics: [metric] })).toBeNull();
});
