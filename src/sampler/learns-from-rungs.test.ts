import { describe, expect, it } from "vitest";
import { keyedStreams } from "../numeric/random/keyed-streams.ts";
import { defineSpace, float, int, type Params } from "../space/index.ts";
import { createSampler } from "./registry.ts";
import { type FinishedRow, makeView } from "./testing/make-view.testing.ts";

const SPACE = defineSpace({ x: float(0, 1), y: float(0, 1), epochs: int(1, 27, { fidelity: true }) });
const METRICS = [{ name: "loss", direction: "minimize" }] as const;
type Place = readonly [number, number];
const distance = (params: Params, [x, y]: Place) => Math.hypot(Number(params.x) - x, Number(params.y) - y);
const BEST: Place = [0.25, 0.7];
const ELSEWHERE: Place = [0.9, 0.1];

/**
 * Thirty trials with 3 epochs, after which they are worse by 1, ten of them with 9 and five with 27. Short runs are best at `low`, whole ones at `BEST`.
 */
function history(low: Place, seed: number): readonly FinishedRow[] {
  const place = keyedStreams(seed).stream("place");
  const places = Array.from({ length: 30 }, () => ({ x: place.float(), y: place.float() }));
  const row = (trial: number, step: number): FinishedRow => {
    const params = places[trial]!;
    const short = distance(params, step === 3 ? low : BEST);
    const state = step === 27 ? "complete" : "paused";
    const values = [short + (step === 3 ? 1 : step === 9 ? 0.4 : 0)];
    return { trial, params, state, outcome: step === 27 ? "ok" : "paused", segment: 0, step, values };
  };
  return places.flatMap((_, trial) => [
    row(trial, 3),
    ...(trial % 3 === 0 ? [row(trial, 9)] : []),
    ...(trial % 6 === 0 ? [row(trial, 27)] : []),
  ]);
}

/** Mean distance of proposals from a place. */
function missed(sampler: string, rows: readonly FinishedRow[], seed: number, place = BEST): number {
  const view = makeView({ space: SPACE, metrics: METRICS, rows, pending: [], revision: 100 });
  const streams = (trial: number) => keyedStreams(seed, trial);
  const asked = { space: SPACE, metrics: METRICS, seed, index: 30, streams, remaining: null, inputs: {} };
  const suggested = createSampler({ name: sampler, options: {} }, SPACE).suggest(view, { ...asked, number: 30 }, 6);
  return suggested.reduce((sum, { params }) => sum + distance(params, place), 0) / suggested.length;
}

const mean = (of: (seed: number) => number) => [1, 2, 3, 4].reduce((sum, seed) => sum + of(seed), 0) / 4;
const whole = (rows: readonly FinishedRow[]) => rows.filter(({ state }) => state === "complete");

describe.each(["gp", "tpe", "auto"])("%s", (sampler) => {
  it("goes where short runs are good that rank as whole ones do, which it learns from few", () => {
    const learnt = mean((seed) => missed(sampler, history(BEST, seed), seed));
    const without = mean((seed) => missed(sampler, whole(history(BEST, seed)), seed));
    expect(learnt).toBeLessThan(sampler === "tpe" ? 0.35 : 0.12);
    expect(learnt).toBeLessThan(0.7 * without);
  });

  it("is not led away by short runs that rank otherwise", () => {
    const right = mean((seed) => missed(sampler, history(ELSEWHERE, seed), seed));
    const wrong = mean((seed) => missed(sampler, history(ELSEWHERE, seed), seed, ELSEWHERE));
    expect(right).toBeLessThan(0.6 * wrong);
  });
});

/** The same rows with a second objective, which pulls along `BEST` to `(1, 0.7)` and grows with the run. */
function withTime(rows: readonly FinishedRow[]): readonly FinishedRow[] {
  return rows.map((row) => ({ ...row, values: [...row.values, (row.step / 27) * (2 - Number(row.params.x))] }));
}

describe.each(["gp", "tpe"])("%s by two objectives", (sampler) => {
  const metrics = [...METRICS, { name: "seconds", direction: "minimize" }] as const;
  /** Mean distance of proposals from the front: x from 0.25 up, y 0.7. */
  const off = (rows: readonly FinishedRow[], seed: number): number => {
    const view = makeView({ space: SPACE, metrics, rows, pending: [], revision: 100 });
    const streams = (trial: number) => keyedStreams(seed, trial);
    const asked = { space: SPACE, metrics, seed, index: 30, streams, remaining: null, inputs: {} };
    const suggested = createSampler({ name: sampler, options: {} }, SPACE).suggest(view, { ...asked, number: 30 }, 6);
    const misses = suggested.map(({ params: { x, y } }) => Math.hypot(Math.max(0, 0.25 - Number(x)), Number(y) - 0.7));
    return misses.reduce((sum, miss) => sum + miss, 0) / misses.length;
  };

  it("learns from short runs where whole ones are good, each compared at its step", () => {
    const learnt = mean((seed) => off(withTime(history(BEST, seed)), seed));
    const without = mean((seed) => off(withTime(whole(history(BEST, seed))), seed));
    expect(learnt).toBeLessThan(sampler === "tpe" ? 0.25 : 0.12);
    expect(learnt).toBeLessThan(0.8 * without);
  });
});

it("gp waits for five whole runs, or for four times as many trials as it needs without rungs", () => {
  const phase = (trials: number, wholeRuns: number) => {
    const place = keyedStreams(1).stream("place");
    const rows = Array.from({ length: trials }, (_, trial): readonly FinishedRow[] => {
      const params = { x: place.float(), y: place.float() };
      const made = { trial, params, segment: 0, values: [place.float()] };
      const paused = { ...made, state: "paused", outcome: "paused", step: 3 } as const;
      return trial < wholeRuns ? [paused, { ...made, state: "complete", outcome: "ok", step: 27 }] : [paused];
    });
    const view = makeView({ space: SPACE, metrics: METRICS, rows: rows.flat(), pending: [], revision: 100 });
    const streams = (number: number) => keyedStreams(1, number);
    const asked = { space: SPACE, metrics: METRICS, seed: 1, number: trials, index: trials, streams };
    const request = { ...asked, remaining: null, inputs: {} };
    return createSampler({ name: "gp", options: {} }, SPACE).suggest(view, request, 1)[0]!.why!.phase;
  };
  expect(phase(19, 4)).toBe("initial");
  expect(phase(19, 5)).toBe("model");
  expect(phase(20, 4)).toBe("model");
  expect(phase(4, 4)).toBe("initial");
});
