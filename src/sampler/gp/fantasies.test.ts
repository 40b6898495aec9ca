import { expect, it } from "vitest";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { fantasiesOf } from "./fantasies.ts";

const stream = () => keyedStreams(3, "fantasies").stream("gp");

it("takes pending trials to find what the likely model expects", () => {
  expect(fantasiesOf("likely", 3, stream())).toEqual([new Float64Array(3)]);
});

it("averages a draw's turn over fantasies that stay near what is expected", () => {
  const fantasies = fantasiesOf("drawn", 400, stream());
  expect(fantasies).toHaveLength(8);
  const all = fantasies.flatMap((fantasy) => Array.from(fantasy));
  expect(new Set(all).size).toBe(8 * 400);
  const square = all.reduce((sum, draw) => sum + draw * draw, 0) / all.length;
  expect(Math.sqrt(square)).toBeCloseTo(0.5, 1);
  expect(all.reduce((sum, draw) => sum + draw, 0) / all.length).toBeCloseTo(0, 1);
});
