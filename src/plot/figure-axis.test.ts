import { describe, expect, it } from "vitest";
import { boolean, choice, defineSpace, fixed, float, int, ordinal, type Parameter } from "../space/index.ts";
import { figureAxis, placeOnAxis } from "./figure-axis.ts";

const { parameters } = defineSpace({
  rate: float(1e-3, 1e3, { log: true }),
  layers: int(2, 6),
  opt: choice(["adam", 3, true, null]),
  size: ordinal([16, 64, 256]),
  flag: boolean(),
  data: fixed("mnist"),
  width: fixed(64),
});
const named = (name: string): Parameter => parameters.find((parameter) => parameter.name === name)!;

describe("figureAxis", () => {
  it.each([
    ["rate", { name: "rate", range: { low: 1e-3, high: 1e3, scale: "log" }, values: null }],
    ["layers", { name: "layers", range: { low: 2, high: 6, scale: "linear" }, values: null }],
    ["opt", { name: "opt", range: null, values: ["adam", "3", "true", "null"] }],
    ["size", { name: "size", range: null, values: ["16", "64", "256"] }],
    ["flag", { name: "flag", range: null, values: ["false", "true"] }],
    ["data", { name: "data", range: null, values: ["mnist"] }],
    ["width", { name: "width", range: null, values: ["64"] }],
  ])("of %s", (name, axis) => expect(figureAxis(named(name))).toMatchObject(axis));
});

describe("placeOnAxis", () => {
  // Whole numbers lie in the middle of equal parts of the axis.
  it.each([
    ["rate", 1, 0.5],
    ["rate", 1e3, 1],
    ["rate", 1e4, null],
    ["layers", 3, 0.3],
    ["layers", 3.5, null],
    ["opt", true, 2],
    ["opt", "sgd", null],
    ["size", 256, 2],
    ["size", "256", null],
    ["flag", true, 1],
    ["flag", undefined, null],
  ])("of %s %j is %j", (name, value, place) => {
    const placed = placeOnAxis(named(name), value);
    if (place === null) expect(placed).toBe(null);
    else expect(placed).toBeCloseTo(place, 12);
  });
});
