import { describe, expect, it } from "vitest";
import { keyedStreams } from "../numeric/random/keyed-streams.ts";
import { makeTrial } from "../objective/testing/make-trial.testing.ts";
import { boolean, choice, defineSpace, float, int, oneOf, type Space, sampleUniform } from "../space/index.ts";
import type { Params } from "../space/json.ts";
import { importance } from "./importance.ts";

const metric = { name: "loss", direction: "minimize" } as const;

function shares(space: Space, count: number, loss: (params: Params, noise: number) => number, seed = 0) {
  const trials = Array.from({ length: count }, (_, number) => {
    const streams = keyedStreams(seed, number);
    const params = sampleUniform(space, streams);
    return makeTrial(number, loss(params, streams.stream("noise").float()), { params });
  });
  const found = importance(trials, metric, space)!;
  return new Map(found.parameters.map(({ name, share }) => [name, share]));
}

describe("importance", () => {
  it("orders mixed parameters by how much they decide, and gives next to nothing to those that do nothing", () => {
    const space = defineSpace({
      lr: float(1e-5, 1, { log: true }),
      layers: int(1, 8),
      optimizer: choice(["adam", "sgd", "rms"]),
      idle: float(0, 1),
      flag: boolean(),
      word: choice(["a", "b", "c", "d"]),
    });
    for (const seed of [1, 2, 3]) {
      const found = shares(
        space,
        300,
        ({ lr, layers, optimizer }) =>
          4 * (Math.log10(Number(lr)) + 2.5) ** 2 + (optimizer === "sgd" ? 6 : 0) + Number(layers) / 4,
        seed,
      );
      expect([...found.keys()].slice(0, 2)).toEqual(["lr", "optimizer"]);
      expect(found.get("lr")).toBeGreaterThan(0.5);
      for (const name of ["idle", "flag", "word"]) expect(found.get(name)).toBeLessThan(0.06);
      expect([...found.values()].reduce((sum, share) => sum + share)).toBeCloseTo(1, 12);
    }
  });

  it("judges conditional parameters where they are active", () => {
    const space = defineSpace({
      model: oneOf({ small: { width: float(0, 1) }, large: { depth: float(0, 1), idle: float(0, 1) } }),
    });
    const found = shares(space, 400, ({ width, depth }) =>
      width === undefined ? (Number(depth) - 0.2) ** 2 : 0.3 + Number(width) / 100,
    );
    expect(found.get("depth")).toBeGreaterThan(found.get("idle")! + 0.2);
    expect(found.get("model")).toBeGreaterThan(found.get("idle")!);
  });

  it("gives no share to what was active in less than ten trials, and is null without as many values", () => {
    const space = defineSpace({ m: oneOf({ a: { x: float(0, 1) }, b: { y: float(0, 1) } }) });
    const trials = (rare: number) =>
      Array.from({ length: 60 }, (_, number) => {
        const place = number / 60;
        const params: Params = number < rare ? { m: "b", y: place * 3 } : { m: "a", x: place };
        return makeTrial(number, place, { params });
      });
    const found = (rare: number) =>
      importance(trials(rare), metric, space)!.parameters.find(({ name }) => name === "y")!;
    expect(found(9)).toEqual({ name: "y", share: 0, trials: 9 });
    expect(found(10).share).toBeGreaterThan(0);
    const spoilt = trials(0).map((trial, k) => (k < 51 ? { ...trial, values: { loss: "NaN" as const } } : trial));
    expect(importance(spoilt, metric, space)).toBeNull();
    expect(importance(spoilt.slice(1), metric, space)).toBeNull();
    expect(importance([...spoilt, ...trials(0).slice(0, 1)], metric, space)!.trials).toBe(10);
  });

  it("turns with the direction, and is the same at every call", () => {
    const space = defineSpace({ x: float(0, 1), y: float(0, 1) });
    const trials = Array.from({ length: 60 }, (_, number) => {
      const params = sampleUniform(space, keyedStreams(9, number));
      return makeTrial(number, Number(params.x), { params });
    });
    const up = importance(trials, { name: "loss", direction: "maximize" }, space);
    expect(up!.parameters[0]).toMatchObject({ name: "x", trials: 60 });
    expect(importance(trials, { name: "loss", direction: "maximize" }, space)).toEqual(up);
  });

  it("is null below ten complete trials, and no share is NaN when nothing varies", () => {
    const space = defineSpace({ x: float(0, 1) });
    const same = (count: number) => Array.from({ length: count }, (_, n) => makeTrial(n, 1, { params: { x: 0.5 } }));
    expect(importance(same(9), metric, space)).toBe(null);
    expect(importance(same(12), metric, space)!.parameters).toEqual([{ name: "x", share: 0, trials: 12 }]);
  });

  it("takes off what chance alone gives, so that a parameter that decides nothing often has no share at all", () => {
    const space = defineSpace({
      x: float(0, 1),
      ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((k) => [`idle${k}`, float(0, 1)])),
    });
    let none = 0;
    for (const seed of [1, 2, 3, 4]) {
      const found = shares(space, 200, ({ x }) => Number(x), seed);
      expect(found.get("x")).toBeGreaterThan(0.75);
      none += [...found.values()].filter((share) => share === 0).length;
    }
    expect(none).toBeGreaterThan(6);
  });
});
