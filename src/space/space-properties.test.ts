import { describe, expect, it } from "vitest";
import { keyedStreams } from "../numeric/random/keyed-streams.ts";
import { checkParams } from "./check-params.ts";
import { completeParams } from "./complete-params.ts";
import { declaredParameters } from "./declared-parameters.ts";
import { decodeValue, encodeValue } from "./encode-value.ts";
import { finiteValues } from "./parameter-value.ts";
import { randomConstrainedSpace, randomSpace } from "./random-space.testing.ts";
import { readSpace } from "./read-space.ts";
import { sampleUniform } from "./sample-uniform.ts";
import { spaceChanges } from "./space-changes.ts";
import { spaceFromJson } from "./space-from-json.ts";
import { spaceToJson } from "./space-json.ts";
import { formatParameterText } from "./text/format-parameter-text.ts";
import { parseParameterText } from "./text/parse-parameter-text.ts";
import { fromUnit, toUnit } from "./unit-cube.ts";

/** ATTUNE_LONG_TESTS=1 runs the long form. */
const SPACES = process.env.ATTUNE_LONG_TESTS === "1" ? 10_000 : 400;
const options = { depth: 5, parameters: 60 };
const seeds = Array.from({ length: SPACES }, (_, seed) => seed);

describe("any space", () => {
  it("comes back from its JSON form as it was", () => {
    for (const seed of seeds) {
      const space = randomSpace(seed, options);
      const json = spaceToJson(space);
      const text = JSON.stringify(json);
      const back = spaceFromJson(JSON.parse(text));
      expect(back, `seed ${seed}`).toEqual(space);
      expect(JSON.stringify(spaceToJson(back))).toBe(text);
      expect(spaceChanges(space, back)).toEqual([]);
    }
  });

  it("comes back from the text form of its parameters as it was", () => {
    for (const seed of seeds) {
      const space = randomSpace(seed, options);
      const texts = Object.fromEntries(declaredParameters(space).map((p) => [p.name, formatParameterText(p)]));
      for (const p of declaredParameters(space))
        expect(parseParameterText(texts[p.name]!, p.name), texts[p.name]).toEqual(p);
      expect(readSpace(texts), `seed ${seed}`).toEqual(space);
    }
  });

  it("has valid samples that survive encoding and the unit cube", () => {
    for (const seed of seeds) {
      const space = randomSpace(seed, options);
      for (let trial = 0; trial < 5; trial++) {
        const params = sampleUniform(space, keyedStreams(seed, trial));
        expect(checkParams(space, params), `seed ${seed}`).toEqual([]);
        expect(completeParams(space, params)).toEqual(params);
        for (const p of space.parameters) {
          const value = params[p.name];
          if (value === undefined) continue;
          expect(decodeValue(p, encodeValue(p, value))).toEqual(value);
          const u = toUnit(p, value);
          expect(u).toBeGreaterThanOrEqual(0);
          expect(u).toBeLessThanOrEqual(1);
          const back = fromUnit(p, u);
          if (p.type === "float" && p.step === null) expect(back).toBeCloseTo(Number(value), 9);
          else expect(back).toEqual(value);
        }
      }
    }
  });

  it("has valid samples under constraints, and comes back from its JSON form with them", () => {
    for (const seed of seeds.slice(0, SPACES / 4)) {
      const space = randomConstrainedSpace(seed, options);
      for (let trial = 0; trial < 5; trial++) {
        const params = sampleUniform(space, keyedStreams(seed, trial));
        expect(checkParams(space, params), `seed ${seed}`).toEqual([]);
      }
      expect(spaceFromJson(spaceToJson(space)), `seed ${seed}`).toEqual(space);
    }
  });

  it("has every single value at a place of its own in the unit cube, in order, and both ends of each range", () => {
    for (const seed of seeds.slice(0, 200)) {
      for (const p of randomSpace(seed, options).parameters) {
        const values = finiteValues(p, 500);
        if (values === null) {
          if (p.type === "float" && p.orZero) expect([fromUnit(p, 0), fromUnit(p, 1)]).toEqual([0, p.high]);
          else if (p.type === "float" && p.step === null)
            expect([fromUnit(p, 0), fromUnit(p, 1)]).toEqual([p.low, p.high]);
          continue;
        }
        const places = values.map((value) => toUnit(p, value));
        expect(places).toEqual(places.toSorted((a, b) => a - b));
        expect(values.map((_, i) => fromUnit(p, places[i]!))).toEqual(values);
        expect([fromUnit(p, 0), fromUnit(p, 1)]).toEqual([values[0], values.at(-1)]);
      }
    }
  });
});
