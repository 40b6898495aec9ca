import { describe, expect, it } from "vitest";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { isActive } from "../../space/conditions.ts";
import { isFeasible } from "../../space/constraints.ts";
import { enumerateAxis } from "../../space/enumerate-axis.ts";
import type { Params } from "../../space/json.ts";
import type { Parameter } from "../../space/parameter.ts";
import type { Space } from "../../space/space.ts";
import { randomSpace } from "../testing/random-space.testing.ts";
import { GridCells } from "./grid-cells.ts";

function everyConfiguration(space: Space, from = 0, params: Params = {}): Params[] {
  const parameter = space.parameters[from];
  if (parameter === undefined) return [params];
  if (!isActive(parameter, params)) return everyConfiguration(space, from + 1, params);
  return enumerateAxis(parameter).flatMap((value) =>
    everyConfiguration(space, from + 1, { ...params, [parameter.name]: value }),
  );
}

function int(name: string, low: number, high: number, when: Parameter["when"] = []): Parameter {
  return { type: "int", name, low, high, when, scale: "linear", step: 1, prior: null };
}

describe("GridCells", () => {
  it("holds every distinct configuration exactly once", () => {
    let compared = 0;
    for (let seed = 0; seed < 400; seed++) {
      const space = randomSpace(keyedStreams(seed).stream("space"), 6);
      const expected = everyConfiguration(space);
      if (expected.length > 1500) continue;
      const cells = new GridCells(space, {});
      expect(cells.size).toBe(BigInt(expected.length));
      const found = Array.from({ length: expected.length }, (_, i) => JSON.stringify(cells.at(BigInt(i))));
      expect(new Set(found).size).toBe(expected.length);
      expect([...found].sort()).toEqual(expected.map((params) => JSON.stringify(params)).sort());
      compared++;
    }
    expect(compared).toBeGreaterThan(200);
  });

  it("finds the index of each of its cells, and none for what lies between", () => {
    for (let seed = 0; seed < 100; seed++) {
      const space = randomSpace(keyedStreams(seed).stream("space"), 8);
      const cells = new GridCells(space, {});
      const stream = keyedStreams(seed).stream("cell");
      for (let i = 0; i < 20; i++) {
        const index = BigInt(stream.uint32()) % cells.size;
        expect(cells.indexOfParams(cells.at(index))).toBe(index);
      }
    }
    const lr = {
      type: "float",
      name: "lr",
      low: 0,
      high: 1,
      when: [],
      scale: "linear",
      step: null,
      orZero: false,
      prior: null,
    } as const;
    expect(new GridCells({ parameters: [lr], where: [] }, {}).indexOfParams({ lr: 0.3 })).toBe(null);
  });

  it("changes the last parameter fastest, children within their parent", () => {
    const space: Space = {
      parameters: [int("a", 1, 2), int("b", 1, 2, [[{ parent: "a", in: [2] }]]), int("c", 1, 2)],
      where: [],
    };
    const cells = new GridCells(space, {});
    expect(Array.from({ length: Number(cells.size) }, (_, i) => Object.values(cells.at(BigInt(i))).join(""))).toEqual([
      "11",
      "12",
      "211",
      "212",
      "221",
      "222",
    ]);
  });

  it("leaves out what breaks a constraint and does not count it, however far apart the parameters stand", () => {
    const where = ["a + c <= 4", "not (k == 1 and b == 2)"];
    const inner = int("k", 1, 2, [[{ parent: "a", in: [1, 2] }]]);
    const free = Array.from({ length: 12 }, (_, i) => int(`x${i}`, 1, 1000));
    const space: Space = { parameters: [int("a", 1, 3), int("b", 1, 2), int("c", 1, 3), inner, ...free], where };
    const small: Space = { parameters: space.parameters.slice(0, 4), where };
    const expected = everyConfiguration(small).filter((params) => isFeasible(small, params));
    const cells = new GridCells(small, {});
    expect(Number(cells.size)).toBe(expected.length);
    const found = expected.map((_, i) => JSON.stringify(cells.at(BigInt(i))));
    expect([...found].sort()).toEqual(expected.map((params) => JSON.stringify(params)).sort());
    expect(found.map((_, i) => cells.indexOfParams(cells.at(BigInt(i))))).toEqual(found.map((_, i) => BigInt(i)));
    expect(cells.indexOfParams({ a: 3, b: 1, c: 3 })).toBe(null);
    expect(new GridCells(space, {}).size).toBe(cells.size * 1000n ** 12n);
  });

  it("says when too many cells would have to be checked", () => {
    const parameters = [int("a", 1, 2000), int("b", 1, 2000)];
    expect(() => new GridCells({ parameters, where: ["a < b"] }, {})).toThrow(
      /4000000 cells together; at most 1000000/,
    );
  });

  it("says when no cell keeps the constraints", () => {
    const space: Space = { parameters: [int("a", 1, 9), int("b", 1, 9)], where: ["a == 2", "b < a"] };
    expect(new GridCells(space, {}).size).toBe(1n);
    expect(() => new GridCells(space, { a: 2 })).toThrow(
      'sampler grid: "a == 2", "b < a" leaves none of its 18 cells: ask for more values with the option points',
    );
  });

  it("addresses a grid too large to list", () => {
    const parameters = Array.from({ length: 40 }, (_, i) => int(`x${i}`, 0, 999_999_999));
    const cells = new GridCells({ parameters, where: [] }, {});
    expect(cells.size).toBe(10n ** 360n);
    const index = 123_456_789n + 10n ** 350n;
    expect(cells.at(index).x39).toBe(123_456_789);
    expect(cells.indexOfParams(cells.at(index))).toBe(index);
  });

  it("stays small where many parents have children of their own", () => {
    const parents = Array.from({ length: 40 }, (_, i) => int(`p${i}`, 0, 1));
    const children = parents.map((p, i) => int(`c${i}`, 1, 3, [[{ parent: p.name, in: [1] }]]));
    expect(new GridCells({ parameters: [...parents, ...children], where: [] }, {}).size).toBe(4n ** 40n);
  });

  it("takes a parameter's name for no more than a name", () => {
    const space: Space = { parameters: [int("constructor", 1, 4), int("toString", 1, 3)], where: [] };
    expect(new GridCells(space, {}).size).toBe(12n);
    expect(new GridCells(space, {}).indexOfParams({ constructor: 2, toString: 3 })).toBe(5n);
    expect(new GridCells(space, {}).indexOfParams({ toString: 3 })).toBe(null);
  });

  it("takes as many values of a number as it is told", () => {
    const space: Space = { parameters: [int("a", 1, 100), int("b", 1, 2)], where: [] };
    expect(new GridCells(space, { a: 7 }).size).toBe(14n);
  });
});
