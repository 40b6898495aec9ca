import { describe, expect, it } from "vitest";
import { makeTrial } from "../objective/testing/make-trial.testing.ts";
import type { Outcome, Trial } from "../trial/trial.ts";
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

/** The same attempts, by one process; with what was measured of each where that is given. */
function by(pid: number, trial: Trial, seconds?: number, outcome?: Outcome): Trial {
  const process = { boot: "b", namespace: "n", pid, started: "1" };
  const owner = { kind: "leased", token: "t", process, worker: "w" } as const;
  const segments = trial.segments.map((one) => ({
    ...one,
    attempts: one.attempts.map((attempt) => ({
      ...attempt,
      owner,
      ...(outcome !== undefined && { outcome }),
      ...(seconds !== undefined && { seconds }),
    })),
  }));
  return { ...trial, segments };
}

const hour = 3_600_000;

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

  it("keeps attempts that began at once in order, of one trial and of several", () => {
    const { bars } = timelineFigure([ran(1, [5, 5], [5, 5], [5, 9]), ran(0, [5, 6])]);
    expect(bars.map(({ trial, attempt }) => [trial, attempt])).toEqual([
      [0, 0],
      [1, 0],
      [1, 1],
      [1, 2],
    ]);
  });

  it("takes every pause for a break where trials were asked for one by one", () => {
    expect(timelineFigure([ran(0, [0, 10]), ran(1, [20, 30]), ran(2, [30, 31])]).breaks).toEqual([
      { start: 10, end: 20 },
    ]);
    expect(timelineFigure([ran(0, [0, 10]), ran(1, [10, null]), ran(2, [30, 31])]).breaks).toEqual([]);
  });

  it("goes by what was measured, and takes jumps of the clock and sleep of the machine for breaks", () => {
    const ahead = timelineFigure([
      by(1, ran(0, [0, 5000]), 5),
      by(1, ran(1, [5000, 10_000 + hour]), 5),
      by(1, ran(2, [10_000 + hour, 15_000 + hour]), 5),
    ]);
    expect(ahead.bars.map(({ start, end }) => end! - start)).toEqual([5000, 5000, 5000]);
    expect(ahead).toMatchObject({ lanes: 1, breaks: [{ start: 10_000, end: 10_000 + hour }] });
    const back = timelineFigure([
      by(1, ran(0, [hour, 5000]), 5),
      by(1, ran(1, [5000, 10_000]), 5),
      by(1, ran(2, [10_000, 15_000]), 5),
    ]);
    expect(back.bars.every(({ start, end }) => end! - start === 5000)).toBe(true);
    expect(back.breaks).toEqual([{ start: 15_000, end: hour }]);
    expect(timelineFigure([ran(0, [hour, 5000])]).bars[0]).toMatchObject({ start: hour, end: hour });
  });

  it("knows the breaks between runs, and takes pauses within a run for none", () => {
    const pauses = [by(1, ran(0, [0, 10])), by(1, ran(1, [20, 30])), by(2, ran(2, [25, 40]))];
    expect(timelineFigure(pauses).breaks).toEqual([]);
    const later = [by(3, ran(3, [100, 110])), by(3, ran(4, [115, null]))];
    expect(timelineFigure([...pauses, ...later]).breaks).toEqual([{ start: 40, end: 100 }]);
    const beside = by(1, ran(5, [200, 210]));
    expect(timelineFigure([...pauses, by(3, ran(3, [100, 110])), beside]).breaks).toEqual([]);
    expect(timelineFigure([ran(0, [0, 10]), ran(1, [60, 70])]).breaks).toEqual([{ start: 10, end: 60 }]);
  });

  it("sorts by start, then by trial and attempt, and leaves out invalid trials", () => {
    const twice = ran(2, [5, 5], [5, 9]);
    const { bars } = timelineFigure([twice, ran(1, [5, 6]), { ...ran(0, [0, 1]), invalid: [{ from: 1, to: null }] }]);
    expect(bars.map(({ trial, attempt }) => [trial, attempt])).toEqual([
      [1, 0],
      [2, 0],
      [2, 1],
    ]);
  });

  it("knows only the start of what was lost unmeasured", () => {
    const end = (seconds: number | undefined, outcome: Outcome): number | null =>
      timelineFigure([by(1, ran(0, [1000, 9000]), seconds, outcome)]).bars[0]!.end;
    expect(end(undefined, "lost")).toBe(1000);
    expect(end(2, "lost")).toBe(3000);
    expect(end(undefined, "ok")).toBe(9000);
    expect(end(2, "ok")).toBe(3000);
  });

  it("takes a pause within a run for a break from half of what the clock jumped, ten seconds at least", () => {
    /** One run: an attempt of 1 s that the clock says was longer, then a pause, then another attempt. */
    const breaks = (jump: number, pause: number): number =>
      timelineFigure([
        by(1, ran(0, [0, 1000 + jump]), 1),
        by(1, ran(1, [1000 + pause, 2000 + pause]), 1),
        by(1, ran(2, [2000 + pause, 3000 + pause]), 1),
      ]).breaks.length;
    expect(breaks(hour, hour / 2)).toBe(1);
    expect(breaks(hour, hour / 2 - 1)).toBe(0);
    expect(breaks(-hour, hour / 2)).toBe(1);
    expect(breaks(10_000, 5000)).toBe(1);
    expect(breaks(9999, 5000)).toBe(0);
    expect(breaks(0, 5000)).toBe(0);
  });

  it("has a break wherever nothing runs between those asked for one by one, and none where they touch", () => {
    const breaks = (from: number) => timelineFigure([ran(0, [0, 10]), ran(1, [from, 20])]).breaks;
    expect(breaks(10)).toEqual([]);
    expect(breaks(11)).toEqual([{ start: 10, end: 11 }]);
    expect(timelineFigure([ran(0, [0, 10]), ran(1, [2, 5]), ran(2, [8, 9])]).breaks).toEqual([]);
  });

  it("is empty for a study that has not run", () => {
    expect(timelineFigure([makeTrial(0, 1)])).toMatchObject({ type: "timeline", bars: [], lanes: 0, breaks: [] });
  });

  it("says how full the workers were, breaks left out and what runs still taken until now", () => {
    const half = timelineFigure([ran(0, [0, 10]), ran(1, [0, 5])]);
    expect(half).toMatchObject({ attempts: 2, seconds: 0.01, utilisation: 0.75, span: [0, 10] });
    expect(half.running.slice(0, 100)).toEqual(Array(100).fill(2));
    expect(half.running.slice(100)).toEqual(Array(100).fill(1));
    expect(timelineFigure([ran(0, [0, 10]), ran(1, [90, 100])])).toMatchObject({ seconds: 0.02, utilisation: 1 });
    expect(timelineFigure([ran(0, [0, 10]), ran(1, [5, null])], 20)).toMatchObject({
      seconds: 0.02,
      utilisation: 0.625,
    });
  });

  it("keeps as many bars as are wanted, and counts all", () => {
    const many = timelineFigure(
      Array.from({ length: 50 }, (_, k) => ran(k, [k * 10, k * 10 + 9])),
      500,
      10,
    );
    expect(many.bars.length).toBeLessThanOrEqual(10);
    expect(many.attempts).toBe(50);
  });
});
