import { describe, expect, it } from "vitest";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import type { RandomStream } from "../../numeric/random/stream-source.ts";
import { choice, defineSpace, float, int, type Params } from "../../space/index.ts";
import type { Space } from "../../space/space.ts";
import { createSampler } from "../registry.ts";
import { samplerContract } from "../sampler.contract.ts";
import type { Sampler } from "../sampler.ts";
import { bestOfRun } from "../testing/best-of-run.testing.ts";
import { type FinishedRow, makeView } from "../testing/make-view.testing.ts";
import { distancesFromBest } from "../testing/matching-value.testing.ts";
import { createGp } from "./gp.ts";

/** Little effort: the rules do not depend on how much it is. */
const SHORT = { operations: 2e6 };

it("suggests better values given those that stand than alone", () => {
  const make = (space: Space) => createGp(SHORT, space);
  const { given, alone } = distancesFromBest(make, 12, 30);
  expect(given).toBeLessThan(0.6 * alone);
});

it("begins its search with as many configurations as its options allow", () => {
  const space = defineSpace({ x: float(0, 1) });
  const sampler = createGp({ initial: 2, random: 100_000, mutations: 100_000, climbs: 0 }, space);
  expect(bestOfRun(sampler, space, ({ x }) => (Number(x) - 0.3) ** 2, { trials: 4, seed: 1 })).toBeLessThan(0.05);
});

it("tries a choice with which trials fail a few times only, though values say nothing of it", () => {
  const space = defineSpace({ x: float(0, 1), y: float(0, 1), kind: choice(["a", "b", "c", "d"]) });
  const failures = [0, 1, 2, 3].map((seed) => {
    let failed = 0;
    const loss = ({ x, y, kind }: Params) => {
      if (kind === "d") failed += 1;
      return kind === "d" ? Number.NaN : (Number(x) - 0.3) ** 2 + (Number(y) - 0.7) ** 2;
    };
    bestOfRun(createGp({}, space), space, loss, { trials: 40, seed });
    return failed;
  });
  expect(failures.toSorted((a, b) => a - b)[2]).toBeLessThanOrEqual(4);
});

it("leaves the end of a range for a best place near it", () => {
  const best = [0.12, 0.22, 0.12, 0.89, 0.58];
  const space = defineSpace(Object.fromEntries(best.map((_, i) => [`x${i}`, float(0, 1)])));
  const loss = (params: Params) => best.reduce((sum, place, i) => sum + (Number(params[`x${i}`]) - place) ** 2, 0);
  const losses = [0, 1, 2, 3].map((seed) => bestOfRun(createGp({}, space), space, loss, { trials: 45, seed }));
  expect(losses.toSorted((a, b) => a - b)[2]).toBeLessThan(3e-4);
});

it("asks for a leap in some turns of drawn models: an improvement that is less likely than a step", () => {
  const space = defineSpace({ x: float(0, 1), y: float(0, 1), z: float(0, 1) });
  const metrics = [{ name: "loss", direction: "minimize" }] as const;
  const sampler = createGp(SHORT, space);
  const chance = (seed: number, number: number) => {
    const place = keyedStreams(seed).stream("place");
    const rows = Array.from({ length: 20 }, (_, trial): FinishedRow => {
      const [x, y, z] = [place.float(), place.float(), place.float()];
      const values = [(x - 0.3) ** 2 + (y - 0.6) ** 2 + 0.2 * z];
      return { trial, params: { x, y, z }, state: "complete", outcome: "ok", segment: 0, step: Number.NaN, values };
    });
    const view = makeView({ space, metrics, rows, pending: [], revision: 21 });
    const streams = (trial: number) => keyedStreams(seed, trial);
    const request = { space, metrics, seed, number, index: number, streams, remaining: null, inputs: {} };
    const { why } = sampler.suggest(view, request, 1)[0]!;
    expect(why).toMatchObject({ phase: "model", member: "drawn" });
    return why!.acquisition!;
  };
  const differences = Array.from({ length: 30 }, (_, seed) => chance(seed, 20) - chance(seed, 23));
  expect(differences.reduce((sum, value) => sum + value, 0) / differences.length).toBeGreaterThan(0.5);
});

it("tries every configuration of a finite space before it tries one again", () => {
  const space = defineSpace({ n: int(1, 300, { log: true }) });
  const metrics = [{ name: "loss", direction: "minimize" }] as const;
  const sampler = createGp(SHORT, space);
  const rows: FinishedRow[] = [];
  for (let trial = 0; trial < 300; trial++) {
    const view = makeView({ space, metrics, rows, pending: [], revision: trial + 1 });
    const streams = (number: number) => keyedStreams(7, number);
    const request = { space, metrics, seed: 7, number: trial, index: trial, streams, remaining: null, inputs: {} };
    const { params } = sampler.suggest(view, request, 1)[0]!;
    const ending = { state: "failed", outcome: "exit-code", values: [Number.NaN] } as const;
    rows.push({ trial, params, segment: 0, step: Number.NaN, ...ending });
  }
  expect(new Set(rows.map(({ params }) => params.n)).size).toBe(300);
});

describe("with configurations that were run several times", () => {
  const space = defineSpace({ x: float(0, 1), y: float(0, 1) });
  const metrics = [{ name: "loss", direction: "minimize" }] as const;
  const loss = (x: number, y: number) => (x - 0.3) ** 2 + (y - 0.6) ** 2;

  /** Twelve configurations four times each, where x is above a half twenty times as noisy. */
  const runs = (seed: number) => {
    const [noise, place] = ["noise", "place"].map((name) => keyedStreams(seed).stream(name)) as [
      RandomStream,
      RandomStream,
    ];
    const places = Array.from({ length: 12 }, () => ({ x: place.float(), y: place.float() }));
    return Array.from({ length: 48 }, (_, trial): FinishedRow => {
      const params = places[trial % 12]!;
      const values = [loss(params.x, params.y) + (params.x < 0.5 ? 0.005 : 0.1) * noise.normal()];
      return { trial, params, state: "complete", outcome: "ok", segment: 0, step: Number.NaN, values };
    });
  };
  const suggest = (sampler: Sampler, rows: readonly FinishedRow[], seed: number) => {
    const known = rows.length;
    const view = makeView({ space, metrics, rows, pending: [], revision: known + 1 });
    const streams = (trial: number) => keyedStreams(seed, trial);
    const request = { space, metrics, seed, number: known, index: known, streams, remaining: null, inputs: {} };
    return sampler.suggest(view, request, 2);
  };

  it("suggests the same from a process that has run on as from a fresh one, and none of them again", () => {
    const warm = createGp(SHORT, space);
    const rows = runs(5);
    for (let known = 24; known <= 48; known += 2) {
      const seen = rows.slice(0, known);
      const suggested = suggest(warm, seen, 2);
      expect(suggested).toEqual(suggest(createGp(SHORT, space), seen, 2));
      for (const { params } of suggested) expect(rows.map((row) => row.params)).not.toContainEqual(params);
    }
  });

  it("knows how good the best of them is, the noise of others notwithstanding", () => {
    const errors = Array.from({ length: 20 }, (_, seed) => {
      const rows = runs(seed);
      const least = Math.min(...rows.map(({ params }) => loss(Number(params.x), Number(params.y))));
      return Math.abs(suggest(createGp(SHORT, space), rows, seed)[0]!.why!.incumbent! - least);
    });
    // With one noise for all 0.007.
    expect(errors.reduce((sum, v) => sum + v, 0) / errors.length).toBeLessThan(0.005);
  });
});

samplerContract("gp", {
  objectives: "many",
  limits: true,
  make: (space) => createSampler({ name: "gp", options: SHORT }, space),
});
