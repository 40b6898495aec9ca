import { expect, it } from "vitest";
import { keyedStreams } from "../numeric/random/keyed-streams.ts";
import { choice, fixed, float, int, oneOf } from "./builders.ts";
import { checkParams } from "./check-params.ts";
import { defineSpace } from "./define-space.ts";
import { randomConstrainedSpace } from "./random-space.testing.ts";
import { startParams } from "./start-params.ts";

const streams = keyedStreams(1);

it("is all defaults where there are all, fixed values included, null as a default too", () => {
  const space = defineSpace({
    lr: float(1e-5, 1e-1, { default: 1e-3 }),
    act: choice(["relu", null], { default: null }),
    epochs: fixed(3),
    model: oneOf({ mlp: { layers: int(1, 6, { default: 2 }) }, forest: {} }, { default: "mlp" }),
  });
  expect(startParams(space, streams)).toEqual({ lr: 1e-3, act: null, epochs: 3, model: "mlp", layers: 2 });
});

it("takes the middle, or the first choice, where there is no default", () => {
  const space = defineSpace({
    lr: float(1e-5, 1e-1, { default: 1e-3 }),
    layers: int(1, 5),
    decay: float(1e-4, 1, { log: true }),
    kind: choice(["b", "a"]),
  });
  expect(startParams(space, streams)).toEqual({ lr: 1e-3, layers: 3, decay: expect.closeTo(0.01, 9), kind: "b" });
});

it("draws what has no default where the middle breaks a constraint, so that all hold", () => {
  const space = defineSpace({ a: float(0, 1, { default: 0.9 }), b: float(0, 1) }, { where: ["a + b <= 1"] });
  for (let seed = 0; seed < 50; seed++) {
    const { a, b } = startParams(space, keyedStreams(seed)) as { a: number; b: number };
    expect(a).toBe(0.9);
    expect(b).toBeLessThanOrEqual(0.1 + 1e-9);
  }
});

it("is null where there is no default, none is active, or the defaults break a constraint", () => {
  const inactive = {
    m: choice(["x"]),
    n: int(1, 3, { default: 1, when: { k: "b" } }),
    k: choice(["a", "b"], { default: "a" }),
  };
  expect(startParams(defineSpace({ a: float(0, 1) }), streams)).toBeNull();
  expect(startParams(defineSpace(inactive), streams)).toMatchObject({ k: "a" });
  const broken = defineSpace({ a: float(0, 1, { default: 0.9 }), b: float(0, 1) }, { where: ["a < 0.5"] });
  expect(startParams(broken, streams)).toBeNull();
});

it("is valid for any space", () => {
  for (let seed = 0; seed < 100; seed++) {
    const space = randomConstrainedSpace(seed, { depth: 4, parameters: 30 });
    const params = startParams(space, keyedStreams(seed));
    if (params !== null) expect(checkParams(space, params), `seed ${seed}`).toEqual([]);
  }
});
