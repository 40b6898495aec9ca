import { describe, expect, it } from "vitest";
import { boolean, choice, defineSpace, domainOf, float, int, type ParameterDefinition } from "../../space/index.ts";
import type { JsonValue, Params } from "../../space/json.ts";
import type { Parameter } from "../../space/parameter.ts";
import type { Definition } from "../trial.ts";
import { KnownSpace } from "./known-space.ts";

const NOTHING = defineSpace({});

function define(name: string, definition: ParameterDefinition, value: JsonValue = 0): Definition {
  return { name, domain: domainOf({ ...definition.parameter, name } as Parameter), value };
}

/** Layers and their units in a loop, or trees, as trials ask for them. */
const NETWORK: readonly Definition[] = [
  define("model", choice(["mlp", "forest"])),
  define("layers", int(1, 4)),
  ...[0, 1, 2, 3].map((i) => define(`a_units${i}`, int(1, 9))),
  define("trees", int(1, 9)),
];

function network(model: string, layers: number): Params {
  if (model === "forest") return { model, trees: 3 };
  return { model, layers, ...Object.fromEntries([0, 1, 2, 3].slice(0, layers).map((i) => [`a_units${i}`, 5])) };
}

function told(known: KnownSpace, revision: number): Readonly<Record<string, unknown>> {
  return Object.fromEntries(known.at(revision, NOTHING).parameters.map(({ name, when }) => [name, when.flat()]));
}

describe("the known space", () => {
  it("learns from ended trials when a parameter is asked for", () => {
    const known = new KnownSpace();
    known.define(1, NETWORK);
    const trials = [network("mlp", 1), network("mlp", 3), network("forest", 0), network("mlp", 2)];
    for (const [k, params] of trials.entries()) known.end({ revision: 2 + k, params, whole: true });
    const mlp = { parent: "model", in: ["mlp"] };
    expect(told(known, 5)).toEqual({
      model: [],
      layers: [mlp],
      a_units0: [mlp],
      a_units1: [{ parent: "layers", in: [2, 3, 4] }],
      a_units2: [{ parent: "layers", in: [3, 4] }],
      trees: [{ parent: "model", in: ["forest"] }],
    });
  });

  it("has its parameters by name, parents first, in whatever order they were asked for", () => {
    const names = ["c", "a", "d", "b"];
    const orders = [names, names.toReversed(), names.toSorted()].map((order) => {
      const known = new KnownSpace();
      for (const [k, name] of order.entries()) known.define(1 + k, [define(name, int(1, 4))]);
      known.end({ revision: 9, params: Object.fromEntries(order.map((name) => [name, 1])), whole: true });
      expect(known.askedAfter(1)).toEqual(order.slice(1));
      expect([known.askedAfter(0), known.askedAfter(4)]).toEqual([order, []]);
      return Object.keys(told(known, 9));
    });
    expect(orders).toEqual([
      ["a", "b", "c", "d"],
      ["a", "b", "c", "d"],
      ["a", "b", "c", "d"],
    ]);
  });

  it("tells what was known at each revision, whatever came later", () => {
    const known = new KnownSpace();
    known.define(1, [define("x", float(0, 1)), define("kind", choice(["a"]))]);
    const before = told(known, 1);
    known.end({ revision: 2, params: { x: 0.5, kind: "a" }, whole: true });
    known.define(3, [define("x", float(-1, 0.5)), define("kind", choice(["b", "a"])), define("more", boolean())]);
    known.end({ revision: 4, params: { x: 0.5, kind: "b", more: true }, whole: true });
    expect(known.at(0, NOTHING)).toBe(NOTHING);
    expect(told(known, 2)).toEqual(before);
    expect(told(known, 4)).toEqual({ x: [], kind: [], more: [{ parent: "kind", in: ["b"] }] });
    expect(known.parameterAt("x", 2)).toMatchObject({ low: 0, high: 1 });
    expect(known.parameterAt("x", 3)).toMatchObject({ low: -1, high: 1 });
    expect(known.parameterAt("kind", 3)).toMatchObject({ choices: ["a", "b"] });
  });

  it("leaves out what it cannot explain, and what changed its kind", () => {
    const known = new KnownSpace();
    known.define(1, [define("c", choice(["a", "b"])), define("p", boolean()), define("q", float(0, 1))]);
    for (const [k, c] of ["a", "b", "a", "b"].entries()) {
      const params: Params = k < 2 ? { c, p: true, q: 1 } : { c, q: 1 };
      known.end({ revision: 2 + k, params, whole: true });
    }
    known.define(9, [define("q", int(0, 1))]);
    expect(Object.keys(told(known, 3))).toEqual(["c", "p", "q"]);
    expect(Object.keys(told(known, 8))).toEqual(["c", "q"]);
    expect(Object.keys(told(known, 9))).toEqual(["c"]);
  });

  it("does not learn from trials that failed before they asked, nor of what is declared", () => {
    const known = new KnownSpace();
    const declared = defineSpace({ c: choice(["a", "b"]) });
    known.declare(["c"]);
    known.define(1, [define("p", boolean()), define("c", float(0, 1))]);
    known.end({ revision: 2, params: { c: "a" }, whole: false });
    expect(known.at(2, declared).parameters.map(({ name, when }) => [name, when.length])).toEqual([
      ["c", 0],
      ["p", 0],
    ]);
    expect(known.at(2, declared)).toBe(known.at(2, declared));
  });
});
