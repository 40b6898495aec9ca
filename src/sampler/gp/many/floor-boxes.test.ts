import { expect, it } from "vitest";
import { undominatedBoxes } from "../../../numeric/hypervolume/box-decomposition.ts";
import { addedVolume } from "../../../numeric/hypervolume/contributions.ts";
import { keyedStreams } from "../../../numeric/random/keyed-streams.ts";
import { boxSides } from "./box-sides.ts";
import { floorBoxes } from "./floor-boxes.ts";
import { logHypervolumeImprovement } from "./hypervolume-improvement.ts";

const stream = keyedStreams(9).stream("floors");

it("leaves what draws add on average that count as their goals where they are better", () => {
  const floors = [0.3, Number.NEGATIVE_INFINITY, 0.2];
  const reference = [1.2, 1.2, 1.2];
  const clip = (point: readonly number[]): number[] => point.map((place, d) => Math.max(place, floors[d]!));
  const points = Array.from({ length: 6 }, () => clip([stream.float(), stream.float(), stream.float()]));
  const boxes = floorBoxes(undominatedBoxes(points, reference), floors)!;
  const [means, deviations] = [
    [0.35, 0.4, 0.1],
    [0.2, 0.3, 0.25],
  ];
  const draws = 20_000;
  let [sum, square] = [0, 0];
  for (let k = 0; k < draws; k++) {
    const drawn = clip(means!.map((mean, d) => mean + deviations![d]! * stream.normal()));
    const gain = addedVolume(drawn, points, reference);
    sum += gain;
    square += gain * gain;
  }
  const error = Math.sqrt((square / draws - (sum / draws) * (sum / draws)) / draws);
  const found = Math.exp(logHypervolumeImprovement(boxSides(boxes), means!, deviations!));
  expect(Math.abs(found - sum / draws)).toBeLessThan(4 * error);
});

it("leaves nothing where a point is at all floors, and all where there are none", () => {
  expect(floorBoxes(undominatedBoxes([[0.5, 0.5]], [1, 1]), [0.5, 0.5])).toBe(null);
  const boxes = undominatedBoxes([[0.5, 0.5]], [1, 1]);
  const none = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  expect(floorBoxes(boxes, none)).toEqual(boxes);
});
