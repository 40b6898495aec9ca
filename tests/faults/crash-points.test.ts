import { expect, it } from "vitest";
import { FAULT_POINTS } from "../../src/storage/fault-point.ts";
import { POINTS_BY_HAND } from "./by-hand.ts";
import { crashAt, crashInTurn, POINTS_BY_WAY, POINTS_ELSEWHERE, type Way } from "./crash-points.ts";

it("knows a way to every fault point", () => {
  const known = [
    ...Object.values(POINTS_BY_WAY).flat(),
    ...Object.keys(POINTS_BY_HAND),
    ...Object.keys(POINTS_ELSEWHERE),
  ];
  expect(FAULT_POINTS.filter((point) => !known.includes(point))).toEqual([]);
  const stale = Object.keys(POINTS_ELSEWHERE).filter((point) => !(FAULT_POINTS as readonly string[]).includes(point));
  expect(stale).toEqual([]);
});

it("goes on after a crash at each statement of a run and around the start of a program", crashInTurn, 300_000);

const ways: readonly [Way, string][] = (["view", "rungs", "reclaim"] as const).flatMap((way) =>
  POINTS_BY_WAY[way].map((point): [Way, string] => [way, point]),
);

it.each(ways)(
  "finishes the study whole after a crash: %s, %s",
  async (way, point) => {
    expect(await crashAt(way, point, 1)).toBe(true);
  },
  120_000,
);
