import { describe, expect, it } from "vitest";
import { defineSpace, float, int, oneOf } from "../space/index.ts";
import { type CarryOver, carryOver, liesWithin, paramsInSpace, type SpaceVersion } from "./carry-over.ts";

const version = (carry?: Partial<CarryOver>): SpaceVersion => ({
  version: 0,
  revision: 0,
  value: null,
  ...(carry !== undefined && { carry: { was: {}, renamed: {}, ...carry } }),
});

describe("carryOver", () => {
  const versions = [
    version(),
    version({ was: { b: 0 } }),
    version(),
    version({ was: { b: 7, c: "x" }, renamed: { a: "z" } }),
  ];

  it("gives what a trial lacks, by the changes since it was made", () => {
    expect(carryOver({ a: 1 }, 1, versions)).toEqual({ z: 1, b: 0, c: "x" });
    expect(carryOver({ a: 1 }, 2, versions)).toEqual({ z: 1, b: 7, c: "x" });
    expect(carryOver({ a: 1 }, 4, versions)).toEqual({ a: 1 });
  });

  it("keeps what a trial has of its own", () => {
    expect(carryOver({ a: 1, b: 0.3 }, 1, versions)).toEqual({ z: 1, b: 0.3, c: "x" });
  });

  it("exchanges names at once", () => {
    expect(carryOver({ a: 1, b: 2 }, 1, [version(), version({ renamed: { a: "b", b: "a" } })])).toEqual({ a: 2, b: 1 });
  });
});

describe("what counts in a space", () => {
  const space = defineSpace(
    { m: oneOf({ mlp: { layers: int(1, 4) }, linear: {} }), lr: float(0, 1) },
    { where: ["lr < 0.9"] },
  );

  it("lies within it where no constraint is broken that every process can check", () => {
    const both = defineSpace(
      { a: float(0, 1), b: float(0, 1) },
      { where: [(params) => params.a !== 0.25, "a + b < 1", "a > 0.1"] },
    );
    expect(liesWithin(both, { a: 0.2, b: 0.3 })).toBe(true);
    expect(liesWithin(both, { a: 0.25, b: 0.3 })).toBe(true);
    expect(liesWithin(both, { a: 0.9, b: 0.3 })).toBe(false);
    expect(liesWithin(both, { a: 0.05, b: 0.3 })).toBe(false);
    expect(liesWithin(both, { a: 0.9 })).toBe(true);
  });

  it("is what is active and known", () => {
    expect(paramsInSpace(space, { m: "mlp", layers: 2, gone: 1 })).toEqual({ m: "mlp", layers: 2 });
    expect(paramsInSpace(space, { m: "linear", layers: 2, lr: 0.5 })).toEqual({ m: "linear", lr: 0.5 });
  });

  it("holds what the program asked for besides, unless the space declares it", () => {
    const asked = [{ name: "extra" }, { name: "layers" }];
    expect(paramsInSpace(space, { m: "linear", extra: 3, layers: 2 }, asked)).toEqual({ extra: 3, m: "linear" });
  });

  it("lies within it where values and constraints allow, whatever is missing", () => {
    expect(liesWithin(space, { m: "mlp" })).toBe(true);
    expect(liesWithin(space, { m: "mlp", layers: 5 })).toBe(false);
    expect(liesWithin(space, { m: "tree" })).toBe(false);
    expect(liesWithin(space, { lr: 0.95 })).toBe(false);
  });

  it("is not held against constraints written as functions", () => {
    const opaque = defineSpace({ lr: float(0, 1) }, { where: [(params) => params.lr < 0.5] });
    expect(liesWithin(opaque, { lr: 0.7 })).toBe(true);
  });
});
