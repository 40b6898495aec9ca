import { expect, it } from "vitest";
import { statedBounds } from "./stated-bounds.ts";

it.each([
  ["level (0..9)", true, [0, 9]],
  ["level (1 ~ 9). 1 is fastest", true, [1, 9]],
  ["between -1 (very low) and 10 (very high)", false, [-1, 10]],
  ["a range: 1~36 default: 20", true, [1, 36]],
  ["set identity cutoff  [0.62]  (0<=x<=1)", false, [0, 1]],
  ["tail mass  [0.04]  (0<x<1)", false, [0.001, 0.999]],
  ["length; must be >3, <32 (22)", true, [4, 31]],
  ["at least: >= 2 and <= 8", true, [2, 8]],
  ["length of sequences  [200]  (n>0)", true, [1, Number.POSITIVE_INFINITY]],
  ["share (>= 0.5)", false, [0.5, Number.POSITIVE_INFINITY]],
  ["if L <= x*alen, tag sequence", false, null],
  ["drop it when > 3", true, null],
] as const)("%s", (description, isInt, bounds) => {
  expect(statedBounds(description, isInt)).toEqual(bounds);
});
