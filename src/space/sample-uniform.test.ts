import { describe, expect, it } from "vitest";
import { keyedStreams } from "../numeric/random/keyed-streams.ts";
import { boolean, choice, float, int, oneOf } from "./builders.ts";
import { defineSpace } from "./define-space.ts";
import type { SpaceRecord } from "./definition.ts";
import type { JsonValue } from "./json.ts";
import { finiteValues } from "./parameter-value.ts";
import { sampleUniform } from "./sample-uniform.ts";

const N = 20_000;

function draw(record: SpaceRecord, name: string): readonly JsonValue[] {
  const space = defineSpace(record);
  return Array.from({ length: N }, (_, trial) => sampleUniform(space, keyedStreams(11, trial))[name]!);
}

/** Fixed seed; a sound sampler with another seed fails a bound of 5 standard deviations about once in 1.7 million counts. */
function expectShare(count: number, share: number): void {
  expect(Math.abs(count - N * share)).toBeLessThan(5 * Math.sqrt(N * share * (1 - share)) + 1e-9);
}

describe("sampleUniform", () => {
  it.each([
    ["int", { x: int(-3, 6) }],
    ["int with step, high not on it", { x: int(1, 12, { step: 3 }) }],
    ["float with step", { x: float(0, 1, { step: 0.1 }) }],
    ["choice", { x: choice(["a", 1, null]) }],
    ["boolean", { x: boolean() }],
  ] as const)("draws each value equally often: %s", (_, record) => {
    const values = finiteValues(defineSpace(record).parameters[0]!, 100)!;
    const drawn = draw(record, "x");
    for (const value of values) expectShare(drawn.filter((x) => x === value).length, 1 / values.length);
  });

  it.each([
    ["linear", float(-2, 6), (u: number) => -2 + 8 * u],
    ["log", float(1e-5, 1e-1, { log: true }), (u: number) => 10 ** (-5 + 4 * u)],
    ["logit", float(0.1, 0.9, { scale: "logit" }), (u: number) => 1 / (1 + ((1 - 0.1) / 0.1) ** (1 - 2 * u))],
    ["reverse log", float(0.9, 0.999, { scale: "reverse-log" }), (u: number) => 1 - 10 ** (-1 - 2 * u)],
  ] as const)("is even on a %s scale", (_, definition, quantile) => {
    const drawn = draw({ x: definition }, "x").map(Number);
    for (let tenth = 1; tenth < 10; tenth++) {
      expectShare(drawn.filter((x) => x < quantile(tenth / 10)).length, tenth / 10);
    }
  });

  it("gives the ints of a log scale the log width of their cells", () => {
    const drawn = draw({ x: int(1, 64, { log: true }) }, "x");
    const total = Math.log(64.5 / 0.5);
    for (const k of [1, 2, 3, 10, 64]) {
      expectShare(drawn.filter((x) => x === k).length, Math.log((k + 0.5) / (k - 0.5)) / total);
    }
  });

  it("counts zero as one more decade", () => {
    const drawn = draw({ x: float(1e-6, 1e-1, { log: true, orZero: true }) }, "x");
    expectShare(drawn.filter((x) => x === 0).length, 1 / 6);
  });

  it("draws values with steps as their decimals say", () => {
    const drawn = new Set(draw({ x: float(0, 1, { step: 0.1 }) }, "x"));
    expect([...drawn].toSorted()).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
  });

  it("draws wide ints over their whole range", () => {
    const high = 2 ** 53 - 2;
    const drawn = draw({ x: int(0, high) }, "x").map(Number);
    expect(drawn.every(Number.isSafeInteger)).toBe(true);
    for (const share of [0.25, 0.5, 0.75]) expectShare(drawn.filter((x) => x < high * share).length, share);
    expect(drawn.some((x) => x % 2 === 1)).toBe(true);
  });

  it("draws children only of the branch that was drawn, and others undisturbed by them", () => {
    const plain = defineSpace({ lr: float(0, 1), model: oneOf({ a: {}, b: {} }) });
    const more = defineSpace({ lr: float(0, 1), model: oneOf({ a: { x: int(1, 9) }, b: {} }) });
    for (let trial = 0; trial < 100; trial++) {
      const before = sampleUniform(plain, keyedStreams(1, trial));
      const { x, ...after } = sampleUniform(more, keyedStreams(1, trial));
      expect(after).toEqual(before);
      expect(x === undefined).toBe(after.model === "b");
    }
  });
});
