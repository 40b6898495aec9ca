import { describe, expect, it } from "vitest";
import { encodeValue } from "../../space/encode-value.ts";
import { readSpace } from "../../space/index.ts";
import { ParzenPoints } from "../../surrogate/parzen/parzen-points.ts";
import { ParameterAxis } from "./parameter-axis.ts";

const SPACE = readSpace({
  x: "0.0..1",
  rate: "0 | 1e-3..1.0 log",
  n: "1..9",
  units: "1..64 log",
  steps: "0.0..1 step 0.25",
  zero: "0 | 1..8 log step 1",
  size: "s < m < l",
  kind: "a | b | c",
  warm: "true | false",
});
const axisOf = (name: string) => new ParameterAxis(SPACE.parameters.find((p) => p.name === name)!);
const HAIR = 1e-9;

describe("a parameter on an axis", () => {
  it("is continuous, of cells or a choice", () => {
    const types = SPACE.parameters.map((p) => new ParameterAxis(p).axis);
    const cells = { type: "cells" };
    expect(types).toEqual([
      ...[{ type: "continuous" }, { type: "continuous" }, cells, cells, cells, cells, cells],
      ...[
        { type: "choice", size: 3 },
        { type: "choice", size: 2 },
      ],
    ]);
  });

  it.each(["n", "units", "steps", "zero", "size"])(
    "has for each value of %s a cell whose places mean that value, and no others",
    (name) => {
      const axis = axisOf(name);
      const points = new ParzenPoints([axis.axis], 1);
      let begun = 0;
      while (begun < 1 - HAIR) {
        points.values[0] = begun + HAIR;
        const value = axis.value(begun + HAIR);
        axis.settle(points, 0);
        const [place, lower, upper] = [points.values[0]!, points.lower[0]!, points.upper[0]!];
        expect(lower).toBeCloseTo(begun, 9);
        expect(place > lower && place < upper).toBe(true);
        expect([lower + HAIR, place, upper - HAIR].map((at) => axis.value(at))).toEqual([value, value, value]);
        expect(axis.encode(encodeValue(axis.parameter, value))).toBeCloseTo(place, 12);
        if (upper < 1 - HAIR) expect(axis.value(upper + HAIR)).not.toEqual(value);
        begun = upper;
      }
      expect(begun).toBeCloseTo(1, 9);
    },
  );

  it("leaves places of what is continuous or a choice where they are", () => {
    for (const [name, place] of [
      ["x", 0.3],
      ["rate", 0.05],
      ["kind", 2],
      ["warm", 1],
    ] as const) {
      const axis = axisOf(name);
      const points = new ParzenPoints([axis.axis], 1);
      points.values[0] = place;
      axis.settle(points, 0);
      expect([points.values[0], axis.encode(encodeValue(axis.parameter, axis.value(place)))][0]).toBe(place);
    }
    expect([0, 1, 2].map((place) => axisOf("kind").value(place))).toEqual(["a", "b", "c"]);
    expect([0, 1].map((place) => axisOf("warm").value(place))).toEqual([false, true]);
  });

  it("has no place for what is inactive, or no value of it", () => {
    for (const name of ["x", "n", "size", "kind", "warm"]) expect(axisOf(name).encode(Number.NaN)).toBeNaN();
    for (const code of [-1, 0.5, 3])
      expect([axisOf("size").encode(code), axisOf("kind").encode(code)]).toEqual([Number.NaN, Number.NaN]);
    expect([axisOf("warm").encode(2), axisOf("warm").encode(1)]).toEqual([Number.NaN, 1]);
    expect([0, 1, 2].map((code) => axisOf("size").encode(code))).toEqual([1 / 6, 3 / 6, 5 / 6]);
  });
});
