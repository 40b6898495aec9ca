import { describe, expect, it } from "vitest";
import { makeTrial } from "../objective/testing/make-trial.testing.ts";
import type { Trial } from "../trial/trial.ts";
import { timelineFigure } from "./timeline.ts";

function ran(number: number, ...times: readonly (readonly [number, number | null])[]): Trial {
  const attempts = times.map(([startedAt, endedAt], index) => ({
    index,
    owner: { kind: "detached", token: "t" } as const,
    startedAt,
    endedAt,
    outcome: endedAt === null ? null : ("ok" as const),
    message: null,
    exitCode: null,
    signal: null,
    checkpoint: null,
  }));
  return makeTrial(number, 0, { segments: [{ index: 0, until: null, attempts }] });
}

describe("timelineFigure", () => {
  it("gives each attempt the first row that is free", () => {
    const { bars, lanes } = timelineFigure([
      ran(0, [0, 10], [20, 30]),
      ran(1, [0, 5]),
      ran(2, [5, null]),
      ran(3, [10, 20]),
    ]);
    expect(bars.map(({ trial, attempt, lane }) => [trial, attempt, lane])).toEqual([
      [0, 0, 0],
      [1, 0, 1],
      [2, 0, 1],
      [3, 0, 0],
      [0, 1, 0],
    ]);
    expect(lanes).toBe(2);
    expect(bars[2]).toMatchObject({ start: 5, end: null, outcome: null });
  });

  it("is empty for a study that has not run", () => {
    expect(timelineFigure([makeTrial(0, 1)])).toEqual({ type: "timeline", bars: [], lanes: 0 });
  });
});
