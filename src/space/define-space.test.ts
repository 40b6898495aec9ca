import { describe, expect, expectTypeOf, it } from "vitest";
import { boolean, choice, fixed, float, int, oneOf, ordinal } from "./builders.ts";
import { defineSpace } from "./define-space.ts";
import type { InferParams } from "./infer-params.ts";

const record = {
  lr: float(1e-5, 1e-1, { log: true, default: 1e-3 }),
  batch: choice([16, 32, 64]),
  size: ordinal(["small", "large"]),
  nesterov: boolean({ when: { batch: [16, 32] } }),
  version: fixed("v1"),
  model: oneOf({
    mlp: { layers: int(1, 6), act: oneOf({ relu: {}, leaky: { slope: float(0.01, 0.5) } }) },
    forest: { trees: int(10, 500, { log: true }) },
  }),
};

describe("defineSpace", () => {
  it("flattens branches: parents first, each child active in its branch", () => {
    const space = defineSpace(record);
    expect(space.parameters.map((p) => [p.name, p.when])).toEqual([
      ["lr", []],
      ["batch", []],
      ["size", []],
      ["nesterov", [[{ parent: "batch", in: [16, 32] }]]],
      ["version", []],
      ["model", []],
      ["layers", [[{ parent: "model", in: ["mlp"] }]]],
      ["act", [[{ parent: "model", in: ["mlp"] }]]],
      ["slope", [[{ parent: "act", in: ["leaky"] }]]],
      ["trees", [[{ parent: "model", in: ["forest"] }]]],
    ]);
  });

  it("infers flat params, a union on each oneOf", () => {
    type P = InferParams<typeof record>;
    expectTypeOf<P["lr"]>().toEqualTypeOf<number>();
    expectTypeOf<P["batch"]>().toEqualTypeOf<16 | 32 | 64>();
    expectTypeOf<P["size"]>().toEqualTypeOf<"small" | "large">();
    expectTypeOf<P["nesterov"]>().toEqualTypeOf<boolean | undefined>();
    expectTypeOf<P["version"]>().toEqualTypeOf<"v1">();
    expectTypeOf<P["model"]>().toEqualTypeOf<"mlp" | "forest">();
    type Mlp = Extract<P, { model: "mlp" }>;
    expectTypeOf<Mlp["layers"]>().toEqualTypeOf<number>();
    expectTypeOf<Extract<Mlp, { act: "leaky" }>["slope"]>().toEqualTypeOf<number>();
    type Forest = Extract<P, { model: "forest" }>;
    expectTypeOf<Forest["trees"]>().toEqualTypeOf<number>();
    expectTypeOf<"layers" extends keyof Forest ? true : false>().toEqualTypeOf<false>();
    const use = (params: P): number => (params.model === "mlp" ? params.layers : params.trees);
    expectTypeOf(use).returns.toEqualTypeOf<number>();
  });

  it("infers two oneOfs side by side as every combination", () => {
    type P = InferParams<{
      a: ReturnType<typeof one>;
      b: ReturnType<typeof two>;
    }>;
    const one = () => oneOf({ x: { px: int(1, 2) }, y: {} });
    const two = () => oneOf({ u: { pu: choice(["k"]) }, v: {} });
    expectTypeOf<Extract<P, { a: "x"; b: "u" }>["pu"]>().toEqualTypeOf<"k">();
    expectTypeOf<Extract<P, { a: "x" }>["px"]>().toEqualTypeOf<number>();
  });

  it("takes a name in two branches when its definition is the same, and refuses it otherwise", () => {
    const space = defineSpace({
      model: oneOf({ a: { rate: float(0, 1) }, b: { rate: float(0, 1) }, c: {} }),
    });
    expect(space.parameters[1]!.when).toEqual([[{ parent: "model", in: ["a", "b"] }]]);
    expect(() => defineSpace({ model: oneOf({ a: { rate: float(0, 1) }, b: { rate: float(0, 2) } }) })).toThrow(
      /"rate" is defined twice, differently/,
    );
    const nested = (child: ReturnType<typeof float>) => oneOf({ sgd: { momentum: child }, adam: {} });
    expect(() =>
      defineSpace({ model: oneOf({ a: { opt: nested(float(0, 1)) }, b: { opt: nested(float(0, 2)) } }) }),
    ).toThrow(/"opt" is defined twice, differently/);
    const same = defineSpace({ model: oneOf({ a: { opt: nested(float(0, 1)) }, b: { opt: nested(float(0, 1)) } }) });
    expect(same.parameters.map((p) => p.name)).toEqual(["model", "opt", "momentum"]);
  });

  it("takes a float with a step for a parent", () => {
    const [, x] = defineSpace({ y: float(0, 1, { step: 0.5 }), x: int(1, 2, { when: { y: 0.5 } }) }).parameters;
    expect(x!.when).toEqual([[{ parent: "y", in: [0.5] }]]);
  });

  it("puts parents before children that were written first", () => {
    const space = defineSpace({ b: int(1, 2, { when: "a == 3" }), a: int(1, 3) });
    expect(space.parameters.map((p) => p.name)).toEqual(["a", "b"]);
  });

  it.each([
    [{ x: float(1, 1) }, /"x" has only the value 1.*fix it/],
    [{ x: float(2, 1) }, /goes from 2 to 1/],
    [{ x: float(0, 1, { log: true }) }, /log needs a low above 0/],
    [{ x: float(0, 1, { scale: "logit" }) }, /logit needs bounds between 0 and 1/],
    [{ x: float(0, 1, { scale: "reverse-log" }) }, /high below 1/],
    [{ x: float(0, Number.POSITIVE_INFINITY) }, /finite/],
    [{ x: float(0, 1, { step: 2 }) }, /wider than its range/],
    [{ x: float(-1.7e308, 1.7e308) }, /wider than numbers reach; give closer bounds/],
    [{ x: int(-(2 ** 53 - 1), 2 ** 53 - 1) }, /values, too many to count; give closer bounds, or make it a float/],
    [{ x: float(0, 1, { step: 0 }) }, /above 0/],
    [{ x: float(0, 1, { default: 3 }) }, /default 3; allowed: numbers from 0 to 1/],
    [{ x: float(0, 1, { orZero: true }) }, /needs log/],
    [{ x: float(0, 1, { about: 7 }) }, /outside 0 to 1/],
    [{ x: int(0.5, 3) }, /whole numbers/],
    [{ x: int(1, 9, { step: 0.5 }) }, /whole step/],
    [{ x: choice([]) }, /no values/],
    [
      {
        x: choice([
          { a: 1, b: 2 },
          { b: 2, a: 1 },
        ]),
      },
      /twice/,
    ],
    [{ x: choice([[1]], { labels: ["one", "two"] }) }, /1 choices but 2 labels/],
    [{ seed: int(1, 2) }, /reserved/],
    [{ "a b": int(1, 2) }, /no parameter name/],
    [{ x: int(1, 2, { when: { optimiser: "sgd" } }), optimizer: choice(["sgd"]) }, /Did you mean "optimizer"/],
    [{ x: int(1, 2, { when: { o: "sdg" } }), o: choice(["sgd", "adam"]) }, /Did you mean "sgd"/],
    [{ x: int(1, 2, { when: { o: [] } }), o: choice(["a"]) }, /no value of "o", so that it can never be active/],
    [{ x: int(1, 2, { when: "y == 1 and y == 2" }), y: int(1, 2) }, /give at least one value, common to all/],
    [{ x: int(1, 2, { when: { y: 1 } }), y: float(0, 1) }, /needs a parent with single values/],
    [{ x: int(1, 2, { when: { y: 1 } }), y: int(1, 2, { when: { x: 1 } }) }, /circle: x -> y -> x/],
  ])("refuses %j", (bad, message) => {
    expect(() => defineSpace(bad)).toThrow(message);
  });
});
