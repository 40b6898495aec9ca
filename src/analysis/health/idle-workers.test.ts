import { describe, expect, it } from "vitest";
import { makeTrial } from "../../objective/testing/make-trial.testing.ts";
import { TrialList } from "../../trial/list/trial-list.ts";
import type { Trial } from "../../trial/trial.ts";
import { idleWorkers } from "./idle-workers.ts";

const PROCESS = { boot: "b", namespace: "n", pid: 1, started: "1" };

/** An attempt from and for so many seconds. */
function ran(number: number, start: number, seconds: number, worker = "0", pid = 1): Trial {
  const owner = { kind: "leased", token: `${number}`, process: { ...PROCESS, pid }, worker } as const;
  const rest = { message: null, exitCode: 0, signal: null, checkpoint: null };
  const startedAt = 1000 * start;
  const attempt = { index: 0, owner, startedAt, endedAt: startedAt + 1000 * seconds, outcome: "ok", ...rest } as const;
  return makeTrial(number, 1, { segments: [{ index: 0, until: null, attempts: [attempt] }] });
}
const every = (seconds: number, takes: number, count = 40, from = 0): readonly Trial[] =>
  Array.from({ length: count }, (_, k) => ran(k, from + k * seconds, takes));
const found = (trials: readonly Trial[]) => idleWorkers(TrialList.of(trials));

describe("idleWorkers", () => {
  it("finds a worker that waits for longer than it works", () => {
    expect(found(every(10, 2))).toMatchObject({ workers: 1, attempts: 40, attemptSeconds: 2, waitSeconds: 8 });
    expect(found(every(10, 2))!.busy).toBeCloseTo(0.2, 2);
    expect(found(every(10, 6))).toBeNull();
    expect(found(every(0.1, 0.01))).toBeNull();
    expect(found(every(10, 2, 19))).toBeNull();
  });

  it("finds that most of many workers have nothing", () => {
    const trials = Array.from({ length: 60 }, (_, k) => ran(k, k * 10, k % 8 === 0 ? 70 : 4, String(k % 8)));
    expect(found(trials)).toMatchObject({ workers: 8 });
    const busy = Array.from({ length: 60 }, (_, k) => ran(k, k * 10, 75, String(k % 8)));
    expect(found(busy)).toBeNull();
  });

  it("looks at the newest run alone, and not at a pause in it", () => {
    const before = every(10, 1).map((trial) => ran(trial.number, trial.number * 10, 1, "0", 2));
    const now = Array.from({ length: 30 }, (_, k) => ran(100 + k, 1e5 + k * 10, 9));
    expect(found([...before, ...now])).toBeNull();
    const paused = Array.from({ length: 30 }, (_, k) => ran(k, k * 10 + (k < 15 ? 0 : 7200), 9));
    expect(found(paused)).toBeNull();
  });

  it("knows nothing of trials that were asked for by hand", () => {
    const asked = every(10, 1).map((trial) => ({
      ...trial,
      segments: trial.segments.map((segment) => ({
        ...segment,
        attempts: segment.attempts.map((one) => ({ ...one, owner: { kind: "detached", token: "t" } as const })),
      })),
    }));
    expect(found(asked)).toBeNull();
  });
});
