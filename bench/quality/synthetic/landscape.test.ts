import { expect, it } from "vitest";
import { keyedStreams } from "../../../src/numeric/random/keyed-streams.ts";
import type { JsonValue, Params } from "../../../src/space/json.ts";
import { sampleUniform } from "../../../src/space/sample-uniform.ts";
import { makeLandscape } from "./landscape.ts";
import { SYNTHETIC_SPACES } from "./spaces.ts";

const space = SYNTHETIC_SPACES["nested-38"]!.space();

function draws(count: number): readonly Params[] {
  return Array.from({ length: count }, (_, i) => sampleUniform(space, keyedStreams(1, i)));
}

it("has spaces of 38 nested parameters and of 34 categorical ones", () => {
  expect(space.parameters).toHaveLength(38);
  const types = SYNTHETIC_SPACES["categorical-34"]!.space().parameters.map(({ type }) => type);
  expect(types).toEqual(Array.from({ length: 34 }, () => "categorical"));
});

it("is positive on random configurations, and each value of each parameter matters", () => {
  const landscape = makeLandscape(space, keyedStreams(3));
  const values = draws(200).map((params) => landscape(params));
  expect(Math.min(...values)).toBeGreaterThan(0);
  expect(new Set(values).size).toBe(200);
});

it("comes close to 0 by coordinate descent within the best branches", () => {
  const flat = SYNTHETIC_SPACES["categorical-34"]!.space();
  const landscape = makeLandscape(flat, keyedStreams(3));
  let params = sampleUniform(flat, keyedStreams(0));
  for (let round = 0; round < 20; round++) {
    for (const p of flat.parameters) {
      const choices: readonly JsonValue[] = p.type === "categorical" ? p.choices : [];
      const options = choices.map((value) => ({ ...params, [p.name]: value }));
      params = options.toSorted((a, b) => landscape(a) - landscape(b))[0]!;
    }
  }
  expect(landscape(params)).toBeLessThan(0.2);
});

it("is the same for the same seed only", () => {
  const [one, again, other] = [3, 3, 4].map((seed) => draws(20).map(makeLandscape(space, keyedStreams(seed))));
  expect(again).toEqual(one);
  expect(other).not.toEqual(one);
});
