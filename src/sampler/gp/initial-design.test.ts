import { describe, expect, it } from "vitest";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { readSpace } from "../../space/index.ts";
import { FeatureMap } from "../../surrogate/gp/feature-map.ts";
import { PointSpace } from "../../surrogate/gp/point-space.ts";
import { centerPoint, farthestPoint } from "./initial-design.ts";

const POINTS = new PointSpace(
  readSpace({ x: "0.0..1", y: "0.0..1 default 0.75", kind: "a | b | c", deep: "0.0..1 when kind == b" }),
);
const MAP = new FeatureMap(POINTS, 3);
const at = (x: number, y: number, kind: string, deep?: number) =>
  POINTS.fromParams({ x, y, kind, ...(deep !== undefined && { deep }) });
const farthest = (taken: readonly Float64Array[], ...candidates: readonly Float64Array[]) =>
  candidates.indexOf(farthestPoint(MAP, candidates, taken, keyedStreams(1).stream("ties"))!);

describe("the first point", () => {
  it("is what is known, else the defaults, else the middle and the first choice", () => {
    expect([...centerPoint(MAP)]).toEqual([0.5, 0.75, 0, Number.NaN]);
    const known = Float64Array.of(0.1, Number.NaN, 1, Number.NaN);
    expect([...centerPoint(MAP, known)]).toEqual([0.1, 0.75, 1, 0.5]);
  });
});

describe("the farthest point", () => {
  it("is that whose nearest neighbour is farthest", () => {
    const taken = [at(0, 0, "a"), at(1, 1, "a")];
    expect(farthest(taken, at(0.1, 0, "a"), at(1, 0, "a"), at(0.9, 0.9, "a"))).toBe(1);
    expect(farthest(taken, at(0.5, 0.5, "a"), at(0.2, 0.2, "a"))).toBe(0);
    expect(farthest(taken)).toBe(-1);
  });

  it("counts another choice as far as a whole range", () => {
    const taken = [at(0, 0, "a")];
    expect(farthest(taken, at(0.9, 0, "a"), at(0, 0, "c"))).toBe(1);
    expect(farthest(taken, at(0.9, 0.9, "a"), at(0, 0, "c"))).toBe(0);
    expect(farthest(taken, at(0.1, 0, "c"), at(0, 0, "c"))).toBe(0);
  });

  it("counts what is active on one side alone half, and nothing of what is inactive on both", () => {
    const [flat, deep] = [at(0, 0, "a"), at(0, 0, "b", 0.5)];
    // (1 + 0.5) / 4 for the branch, 1 / 3 for another choice without one.
    expect(farthest([flat], deep, at(0, 0, "c"))).toBe(0);
    // 0.36 / 3 within a branch that is flat, 0.36 / 4 in one with more.
    expect(farthest([flat, deep], at(0.6, 0, "a"), at(0.6, 0, "b", 0.5))).toBe(0);
    expect(farthest([deep], at(0, 0, "b", 1), at(0, 0, "b", 0.6))).toBe(0);
  });

  it("is any of those that are equally far", () => {
    const found = Array.from({ length: 40 }, (_, seed) => {
      const candidates = [at(1, 0, "a"), at(0, 1, "a")];
      return candidates.indexOf(farthestPoint(MAP, candidates, [], keyedStreams(seed).stream("ties"))!);
    });
    expect(new Set(found)).toEqual(new Set([0, 1]));
  });
});
