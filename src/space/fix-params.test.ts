import fc from "fast-check";
import { expect, it } from "vitest";
import { keyedStreams } from "../numeric/random/keyed-streams.ts";
import { float, int } from "./builders.ts";
import { checkParams } from "./check-params.ts";
import { defineSpace } from "./define-space.ts";
import { fixParams } from "./fix-params.ts";
import { randomSpace } from "./random-space.testing.ts";
import { sampleUniform } from "./sample-uniform.ts";

it("leaves configurations of the space with the known values", () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(20), (seed, count) => {
      const space = randomSpace(seed, { depth: 3, parameters: 15 });
      const whole = sampleUniform(space, keyedStreams(seed, "whole"));
      const known = Object.fromEntries(Object.entries(whole).slice(0, count));
      const params = sampleUniform(fixParams(space, known), keyedStreams(seed, "rest"));
      expect(params).toMatchObject(known);
      expect(checkParams(space, params)).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

it("keeps constraints on what is left", () => {
  const space = defineSpace({ a: int(1, 64), b: int(1, 64), c: float(0, 1) }, { where: ["a * b == 64", "c < a / 64"] });
  const params = sampleUniform(fixParams(space, { a: 4 }), keyedStreams(1));
  expect(params).toMatchObject({ a: 4, b: 16 });
  expect(checkParams(space, params)).toEqual([]);
});
