import { describe, expect, it } from "vitest";
import { AttuneError } from "../errors.ts";
import { keyedStreams } from "../numeric/random/keyed-streams.ts";
import { checkParams } from "../space/check-params.ts";
import { randomConstrainedSpace, randomSpace } from "../space/random-space.testing.ts";
import { sampleUniform } from "../space/sample-uniform.ts";
import type { Space } from "../space/space.ts";
import type { HistoryView } from "../trial/history-view.ts";
import type { Metric } from "../trial/metric.ts";
import { createSampler, samplerNames } from "./registry.ts";
import type { Sampler } from "./sampler.ts";
import { makeView } from "./testing/make-view.testing.ts";
import { HISTORY_SHAPES, makeRows } from "./testing/odd-histories.testing.ts";

/** ATTUNE_LONG_TESTS=1 runs the long form, in ATTUNE_LONG_PART=k/n of it where several processes share it. */
const isLong = process.env.ATTUNE_LONG_TESTS === "1";
const [part, parts] = (process.env.ATTUNE_LONG_PART ?? "1/1").split("/").map(Number) as [number, number];
const SEEDS = Array.from({ length: isLong ? 10_000 : 40 }, (_, seed) => seed).filter(
  (seed) => seed % parts === part - 1,
);

const METRICS: readonly Metric[] = [{ name: "loss", direction: "minimize" }];
const SIZE = { depth: 5, parameters: 60 };
const SHAPES = Object.keys(HISTORY_SHAPES);

/** Every second space has constraints. */
function spaceOf(seed: number): Space {
  return seed % 2 === 0 ? randomSpace(seed, SIZE) : randomConstrainedSpace(seed, SIZE);
}

/** Up to 24 finished trials that ended in one of the odd ways, and 0 to 30 pending ones. */
function viewOf(space: Space, seed: number): HistoryView {
  const streams = keyedStreams(seed, "history");
  const rows = makeRows(space, METRICS, SHAPES[seed % SHAPES.length]!, (seed * 7) % 25, streams);
  const pending = Array.from({ length: seed % 31 }, (_, k) => ({
    number: rows.length + k,
    params: sampleUniform(space, keyedStreams(seed, "pending", k)),
  }));
  return makeView({ space, metrics: METRICS, rows, pending, revision: 10 * rows.length + pending.length + 1 });
}

/** The sampler, or null where it refuses the space in words: a grid whose constraints tie too many cells together. */
function samplerFor(name: string, space: Space): Sampler | null {
  const numbers = space.parameters.filter(({ type }) => type === "float" || type === "int");
  const points = Object.fromEntries(numbers.map((p) => [p.name, 2]));
  try {
    return createSampler({ name, options: name === "grid" ? { points } : {} }, space);
  } catch (error) {
    if (name === "grid" && error instanceof AttuneError && /cells together/.test(error.message)) return null;
    throw error;
  }
}

// A program suggests what it will.
describe.each(samplerNames().filter((name) => name !== "program"))("%s", (name) => {
  it("suggests only configurations that the space allows, whatever is pending", () => {
    let refused = 0;
    for (const seed of SEEDS) {
      const space = spaceOf(seed);
      const view = viewOf(space, seed);
      const number = view.columns.trial.length + view.pending.length;
      const streams = (trial: number) => keyedStreams(seed, trial);
      const request = { space, metrics: METRICS, seed, number, index: number, streams, remaining: null, inputs: {} };
      const sampler = samplerFor(name, space);
      if (sampler === null) refused++;
      const suggestions = sampler?.suggest(view, request, 2) ?? [];
      if (name !== "grid") expect(suggestions, `seed ${seed}`).toHaveLength(2);
      for (const { params } of suggestions) expect(checkParams(space, params), `seed ${seed}`).toEqual([]);
    }
    expect(refused).toBeLessThan(SEEDS.length / 5);
  });
});
