import { expect, it } from "vitest";
import { keyedStreams } from "../../../src/numeric/random/keyed-streams.ts";
import { nonInferiority } from "./non-inferior.ts";

const stream = keyedStreams(5).stream("losses");
const losses = Array.from({ length: 20 }, () => 1 + 0.05 * stream.normal());

it("holds for equal losses and for losses of zero", () => {
  expect(
    nonInferiority(
      losses.map((x) => [x, x]),
      0.1,
    ),
  ).toMatchObject({ upper: 1, holds: true });
  expect(
    nonInferiority(
      [
        [0, 0],
        [0, 0],
      ],
      0.1,
    ),
  ).toMatchObject({ upper: 1, holds: true });
});

it("holds for what is 3 % worse within noise of 5 %, not for what is 15 % worse", () => {
  const against = losses.toReversed();
  expect(
    nonInferiority(
      losses.map((x, i) => [1.03 * x, against[i]!]),
      0.1,
    ).holds,
  ).toBe(true);
  expect(
    nonInferiority(
      losses.map((x, i) => [1.15 * x, against[i]!]),
      0.1,
    ).holds,
  ).toBe(false);
});
