import { describe, expect, it } from "vitest";
import { keyedStreams } from "../numeric/random/keyed-streams.ts";
import { makeTrial } from "../objective/testing/make-trial.testing.ts";
import { boolean, choice, defineSpace, float, int, oneOf, type Space, sampleUniform } from "../space/index.ts";
import type { Params } from "../space/json.ts";
import { importance } from "./importance.ts";

const metric = { name: "loss", direction: "minimize" } as const;

function found(space: Space, count: number, loss: (params: Params, noise: number) => number, seed = 0) {
  const trials = Array.from({ length: count }, (_, number) => {
    const streams = keyedStreams(seed, number);
    const params = sampleUniform(space, streams);
    return makeTrial(number, loss(params, streams.stream("noise").float()), { params });
  });
  const { parameters, ...whole } = importance(trials, metric, space)!;
  return { ...whole, order: parameters.map(({ name }) => name), of: new Map(parameters.map((one) => [one.name, one])) };
}

describe("importance", () => {
  it("orders mixed parameters by what they explain, and knows those that do nothing from chance", () => {
    const space = defineSpace({
      lr: float(1e-5, 1, { log: true }),
      layers: int(1, 8),
      optimizer: choice(["adam", "sgd", "rms"]),
      idle: float(0, 1),
      flag: boolean(),
      word: choice(["a", "b", "c", "d"]),
    });
    for (const seed of [1, 2, 3]) {
      const { order, of, explained, enough } = found(
        space,
        300,
        ({ lr, layers, optimizer }) =>
          4 * (Math.log10(Number(lr)) + 2.5) ** 2 + (optimizer === "sgd" ? 12 : 0) + Number(layers) / 4,
        seed,
      );
      expect(order.slice(0, 2)).toEqual(["lr", "optimizer"]);
      expect(explained).toBeGreaterThan(0.8);
      expect(enough).toBe(true);
      // Over its scale 4 x^2 with x from -2.5 to 2.5 has the variance 16 * 2.5^4 * 4/45, the optimizer 12^2 * 2/9.
      const [lr, optimizer] = [55.6, 32];
      const share = lr / (lr + optimizer);
      expect(Math.abs(of.get("lr")!.share - share)).toBeLessThan(0.08);
      expect(Math.abs(of.get("optimizer")!.share - (1 - share))).toBeLessThan(0.08);
      for (const name of ["idle", "flag", "word"]) {
        expect(of.get(name)!.share).toBeLessThan(0.02);
        expect(of.get(name)!.certain).toBe(false);
      }
      for (const name of ["lr", "optimizer"]) expect(of.get(name)!.certain).toBe(true);
    }
  });

  it("is surer the more trials there are, and says of noise that nothing can be told", () => {
    const space = defineSpace({ x: float(0, 1), y: float(0, 1), z: choice(["a", "b"]) });
    const noisy = (count: number) =>
      found(space, count, ({ x, z }, noise) => Number(x) + (z === "a" ? 0.5 : 0) + noise, 4);
    expect(noisy(400).of.get("x")!.deviation).toBeLessThan(noisy(20).of.get("x")!.deviation);
    for (const seed of [1, 2, 3, 4, 5]) {
      const { enough, explained } = found(space, 60, (_params, noise) => noise, seed);
      expect(explained).toBeLessThan(0.2);
      expect(enough).toBe(false);
    }
  });

  it("does not call a choice that costs a fifth of the spread worthless after 17 trials", () => {
    const space = defineSpace({ lr: float(1e-5, 1, { log: true }), opt: choice(["adam", "sgd"]), width: int(8, 64) });
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const { enough, of } = found(
        space,
        17,
        ({ lr, opt }) => (Math.log10(Number(lr)) + 2) ** 2 / 9 + (opt === "sgd" ? 0.2 : 0),
        seed,
      );
      const { share, deviation } = of.get("opt")!;
      // Either it is said that nothing can be told yet, or what is said reaches to the truth.
      expect(!enough || share + 2 * deviation > 0.09).toBe(true);
    }
  });

  it("finds the pair that goes together", () => {
    const space = defineSpace({ a: float(0, 1), b: float(0, 1), c: float(0, 1) });
    const { pairs } = found(
      space,
      400,
      ({ a, b, c }) => (Number(a) < 0.5 === Number(b) < 0.5 ? 1 : 0) + Number(c) / 10,
    );
    expect(new Set(pairs[0]!.parameters)).toEqual(new Set(["a", "b"]));
    expect(pairs[0]!.share).toBeGreaterThan(4 * pairs[1]!.share);
  });

  it("counts conditional parameters over the part of the space that has them", () => {
    const space = defineSpace({
      model: oneOf({ small: { width: float(0, 1) }, large: { depth: float(0, 1), idle: float(0, 1) } }),
    });
    const { of } = found(space, 400, ({ width, depth }) =>
      width === undefined ? 2 * Number(depth) : 1 + Number(width) / 100,
    );
    expect(of.get("depth")!.share).toBeGreaterThan(of.get("idle")!.share + 0.2);
    expect(of.get("depth")!.trials).toBe(400 - of.get("width")!.trials);
  });

  it("gives no share to what was active in less than ten trials, and is null without as many values", () => {
    const space = defineSpace({ m: oneOf({ a: { x: float(0, 1) }, b: { y: float(0, 1) } }) });
    const trials = (rare: number) =>
      Array.from({ length: 60 }, (_, number) => {
        const place = number / 60;
        const params: Params = number < rare ? { m: "b", y: place * 3 } : { m: "a", x: place };
        return makeTrial(number, place, { params });
      });
    const rareOf = (rare: number) =>
      importance(trials(rare), metric, space)!.parameters.find(({ name }) => name === "y")!;
    expect(rareOf(9)).toEqual({ name: "y", share: 0, deviation: 0, certain: false, trials: 9 });
    expect(rareOf(10).trials).toBe(10);
    expect(rareOf(10).deviation).toBeGreaterThan(0);
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
    expect(importance(same(12), metric, space)!.parameters).toMatchObject([
      { name: "x", share: 0, certain: false, trials: 12 },
    ]);
  });

  it("takes off what chance alone gives", () => {
    const idle = Object.fromEntries([1, 2, 3, 4, 5, 6].map((k) => [`idle${k}`, float(0, 1)]));
    const space = defineSpace({ x: float(0, 1), ...idle });
    for (const seed of [1, 2, 3, 4]) {
      const { of } = found(space, 200, ({ x }, noise) => Number(x) + noise / 2, seed);
      expect(of.get("x")!.share).toBeGreaterThan(0.7);
      for (const name of Object.keys(idle)) expect(of.get(name)!.share).toBeLessThan(0.02);
    }
  });
});
