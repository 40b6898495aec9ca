import { describe, expect, expectTypeOf, it } from "vitest";
import { keyedStreams } from "../numeric/random/keyed-streams.ts";
import { choice, float, int, oneOf, repeat } from "./builders.ts";
import { checkParams } from "./check-params.ts";
import { defineSpace } from "./define-space.ts";
import type { InferParams } from "./infer-params.ts";
import { readSpace } from "./read-space.ts";
import { sampleUniform } from "./sample-uniform.ts";

const record = {
  layers: int(0, 3),
  layer: repeat("layers", {
    units: int(16, 512, { log: true }),
    act: oneOf({ relu: {}, leaky: { slope: float(0.01, 0.5) } }),
    dropout: float(0, 0.5, { when: { act: "relu" } }),
  }),
};

describe("repeated groups", () => {
  it("give each of the things its own parameters, active up to the count", () => {
    const space = defineSpace(record);
    for (let trial = 0; trial < 200; trial++) {
      const params = sampleUniform(space, keyedStreams(1, trial));
      expect(checkParams(space, params)).toEqual([]);
      for (let k = 1; k <= 3; k++) {
        const here = Number(params.layers) >= k;
        expect(Object.hasOwn(params, `layer.${k}.units`)).toBe(here);
        expect(Object.hasOwn(params, `layer.${k}.slope`)).toBe(here && params[`layer.${k}.act`] === "leaky");
        expect(Object.hasOwn(params, `layer.${k}.dropout`)).toBe(here && params[`layer.${k}.act`] === "relu");
      }
    }
    expect(space.parameters.find((p) => p.name === "layer.2.units")!.when).toEqual([
      [{ parent: "layers", in: [2, 3] }],
    ]);
  });

  it("have names with numbers in the type", () => {
    type P = InferParams<typeof record>;
    expectTypeOf<P["layer.2.units"]>().toEqualTypeOf<number | undefined>();
    expectTypeOf<P["layer.1.act"]>().toEqualTypeOf<"relu" | "leaky" | undefined>();
    expectTypeOf<P["layer.1.slope"]>().toEqualTypeOf<number | undefined>();
    expectTypeOf<P["layers"]>().toEqualTypeOf<number>();
  });

  it("are the same in files, nest, and stand in branches", () => {
    const built = defineSpace({
      model: oneOf({
        net: {
          blocks: choice([1, 2]),
          block: repeat("blocks", { depth: int(1, 2), conv: repeat("depth", { k: int(1, 9) }) }),
        },
        none: {},
      }),
    });
    const read = readSpace({
      model: {
        oneOf: {
          net: {
            blocks: "1 | 2",
            block: {
              repeat: "blocks",
              parameters: { depth: "1..2", conv: { repeat: "depth", parameters: { k: "1..9" } } },
            },
          },
          none: null,
        },
      },
    });
    expect(read).toEqual(built);
    const conv = built.parameters.find((p) => p.name === "block.2.conv.2.k")!;
    expect(conv.when).toEqual([
      [
        { parent: "block.2.depth", in: [2] },
        { parent: "blocks", in: [2] },
        { parent: "model", in: ["net"] },
      ],
    ]);
  });

  it.each([
    [
      { layers: "1..3", g: { repeat: "layer", parameters: { u: "1..2" } } },
      /repeats "layer" times.*Did you mean "layers"/,
    ],
    [{ layers: "0.0..3", g: { repeat: "layers", parameters: { u: "1..2" } } }, /name an int/],
    [{ layers: "1..300", g: { repeat: "layers", parameters: { u: "1..2" } } }, /at most 200/],
    [{ layers: "1..3", g: { repeat: "layers" } }, /is written \{repeat/],
    [{ layers: "1..3", g: { repeat: "layers", parameters: { u: "1..2" }, when: "x == 1" } }, /"when" is no field/],
  ])("refuse %j", (mapping, message) => {
    expect(() => readSpace(mapping)).toThrow(message);
  });
});
