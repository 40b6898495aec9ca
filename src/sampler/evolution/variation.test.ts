import { describe, expect, it } from "vitest";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { choice, defineSpace, float, int, oneOf } from "../../space/index.ts";
import { PointSpace } from "../../surrogate/gp/point-space.ts";
import { childOf } from "./variation.ts";

const OPTIONS = { crossover: 1, crossoverIndex: 15, mutationIndex: 20 };
const space = new PointSpace(
  defineSpace({
    x: float(0, 1),
    n: int(1, 5),
    kind: choice(["a", "b", "c"]),
    model: oneOf({ net: { layers: int(1, 9) }, tree: { depth: float(0, 1) } }),
  }),
);
const stream = keyedStreams(4).stream("variation");

function children(count: number, first: object, second: object, options = OPTIONS) {
  const [a, b] = [space.fromParams({ ...first }), space.fromParams({ ...second })];
  return Array.from({ length: count }, () => space.toParams(childOf(space, [a, b], options, stream)));
}

const NET = { x: 0.2, n: 1, kind: "a", model: "net", layers: 2 };
const TREE = { x: 0.8, n: 5, kind: "b", model: "tree", depth: 0.5 };

describe("childOf", () => {
  it("takes what only one parent has from it", () => {
    const made = children(400, NET, TREE);
    const nets = made.filter(({ model }) => model === "net");
    const trees = made.filter(({ model }) => model === "tree");
    expect(nets.length + trees.length).toBe(400);
    expect(Math.min(nets.length, trees.length)).toBeGreaterThan(120);
    for (const net of nets) expect(net.depth).toBeUndefined();
    expect(nets.filter(({ layers }) => layers === 2).length).toBeGreaterThan(0.6 * nets.length);
    expect(trees.filter(({ depth }) => depth === 0.5).length).toBeGreaterThan(0.6 * trees.length);
  });

  it("spreads numbers about the parents, as far as their distance, within the range", () => {
    const made = children(2000, NET, { ...NET, x: 0.4 }).map(({ x }) => Number(x));
    expect(made.every((x) => x >= 0 && x <= 1)).toBe(true);
    const mean = made.reduce((total, x) => total + x, 0) / made.length;
    expect(mean).toBeGreaterThan(0.23);
    expect(mean).toBeLessThan(0.27);
    expect(made.filter((x) => x > 0.1 && x < 0.5).length).toBeGreaterThan(1900);
    expect(made.filter((x) => x > 0.35).length).toBeGreaterThan(300);
    const wider = children(2000, NET, { ...NET, x: 0.4 }, { ...OPTIONS, crossoverIndex: 1 }).map(({ x }) => Number(x));
    const spread = (all: readonly number[]) => all.reduce((total, x) => total + (x - 0.25) * (x - 0.25), 0);
    expect(spread(wider)).toBeGreaterThan(1.2 * spread(made));
  });

  it("changes one value in as many as there are, and levels and choices to other ones", () => {
    const made = children(2000, NET, NET);
    const changed = (name: keyof typeof NET) => made.filter((params) => params[name] !== NET[name]).length / 2000;
    for (const name of ["x", "n", "kind", "model"] as const) {
      expect(changed(name)).toBeGreaterThan(0.15);
      expect(changed(name)).toBeLessThan(0.25);
    }
    expect(new Set(made.map(({ kind }) => kind))).toEqual(new Set(["a", "b", "c"]));
  });

  it("copies one parent where there is no crossover", () => {
    const made = children(1000, NET, TREE, { ...OPTIONS, crossover: 0 });
    expect(made.filter(({ x }) => x === 0.2).length).toBeGreaterThan(750);
    expect(made.filter(({ model }) => model === "net").length).toBeGreaterThan(750);
  });
});
