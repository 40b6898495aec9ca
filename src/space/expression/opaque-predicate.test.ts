import { describe, expect, it } from "vitest";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { float, int, oneOf } from "../builders.ts";
import { checkParams } from "../check-params.ts";
import { defineSpace } from "../define-space.ts";
import { sampleUniform } from "../sample-uniform.ts";
import { spaceChanges } from "../space-changes.ts";
import { spaceFromJson } from "../space-from-json.ts";
import { spaceToJson } from "../space-json.ts";

const record = { a: float(0, 1), b: float(0, 1), model: oneOf({ mlp: { layers: int(1, 6) }, none: {} }) };

describe("constraints written as functions", () => {
  const make = () =>
    defineSpace(record, { where: ["a < b", (params) => params.model === "none" || params.layers * params.a < 1] });

  it("are honoured by every sample, also of the space read back in the same program", () => {
    const back = spaceFromJson(JSON.parse(JSON.stringify(spaceToJson(make()))));
    for (let trial = 0; trial < 300; trial++) {
      const params = sampleUniform(make(), keyedStreams(1, trial));
      expect(checkParams(back, params)).toEqual([]);
      expect(Number(params.a)).toBeLessThan(Number(params.b));
      if (params.model === "mlp") expect(Number(params.layers) * Number(params.a)).toBeLessThan(1);
      expect(sampleUniform(back, keyedStreams(1, trial))).toEqual(params);
    }
    expect(checkParams(back, { a: 0.5, b: 0.6, model: "mlp", layers: 4 })).toEqual([
      expect.stringMatching(/^The constraint "opaque\(.*does not hold/),
    ]);
  });

  it("keep the name that logs have of them, whatever the version", () => {
    const written = Object.assign(() => true, { toString: () => "(p) => p.a < p.b" });
    const space = defineSpace(record, { where: [written as (params: object) => boolean] });
    expect(space.where).toEqual(['opaque("8f2941fa75158fdc")']);
  });

  it("are the same while their source is", () => {
    expect(spaceChanges(make(), make())).toEqual([]);
    const other = defineSpace(record, { where: ["a < b", (params) => params.a < 0.9] });
    expect(spaceChanges(make(), other).map(({ subject }) => subject)).toEqual(["constraint", "constraint"]);
  });

  it("are refused where one source stands for two functions, of which only the last would be asked", () => {
    const below = (name: "a" | "b") => (params: { readonly a: number; readonly b: number }) => params[name] < 0.5;
    const one = below("a");
    expect(() => defineSpace(record, { where: [one, below("b")] })).toThrow(
      /Two constraints have the same source, .*one/,
    );
    expect(defineSpace(record, { where: [one, one] }).where).toHaveLength(2);
  });

  it("are refused in sentences where they cannot be checked", () => {
    const json = { ...(spaceToJson(make()) as object), where: ['opaque("0123456789abcdef")'] };
    const stranger = spaceFromJson(json as ReturnType<typeof spaceToJson>);
    expect(() => sampleUniform(stranger, keyedStreams(1))).toThrow(/only the program which defined it can check/);
    expect(() =>
      defineSpace(record, { where: [(params) => (params.a > 2 ? true : (3 as unknown as boolean))] }),
    ).toThrow(/returned 3; return true or false/);
    const fails = () => {
      throw new Error("oops");
    };
    expect(() => defineSpace(record, { where: [fails] })).toThrow(/failed: Error: oops/);
    expect(() => defineSpace(record, { where: [() => false] })).toThrow(/"\(\) => false" no configuration was found/);
  });
});
