import { describe, expect, it } from "vitest";
import { makeTrial } from "../objective/testing/make-trial.testing.ts";
import type { HeldOutRole, HeldOutRun } from "../trial/held-out-run.ts";
import type { Outcome } from "../trial/trial.ts";
import { type HeldOutCandidate, judgeHeldOut } from "./held-out.ts";
import { heldOutStanding } from "./held-out-standing.ts";
import { findWinner } from "./winner.ts";

const METRIC = { name: "loss", direction: "minimize" } as const;

function run(number: number, trial: number, value: number, more: Partial<HeldOutRun> = {}): HeldOutRun {
  const end = { outcome: "ok" as Outcome, message: null, exitCode: 0, signal: null, checkpoint: null };
  const role: HeldOutRole = "winner";
  const asked = { params: { x: trial }, seed: 1, command: { argv: ["test"] }, metric: "loss", reading: {} };
  return { number, role, trial, ...asked, values: { loss: value }, end, startedAt: 0, endedAt: 1, ...more };
}

const candidate = (role: HeldOutRole, trial: number, seen: number | null): HeldOutCandidate => ({
  role,
  trial,
  params: { x: trial },
  seen,
});
const THREE = [candidate("winner", 0, 1), candidate("runner-up", 1, 2), candidate("default", 2, 5)];
const judged = (values: readonly number[], direction: "minimize" | "maximize" = "minimize") =>
  judgeHeldOut(
    THREE,
    values.map((value, k) => run(k, k, value)),
    { name: "loss", direction },
    "loss",
  );

describe("judgeHeldOut", () => {
  it("says how much of each lead remains, and that the order is the same", () => {
    expect(judged([1.5, 2, 4.5])).toMatchObject({
      leads: [
        { over: "runner-up", seen: 1, heldOut: 0.5, remains: 0.5 },
        { over: "default", seen: 4, heldOut: 3, remains: 0.75 },
      ],
      rankChanged: false,
      allSame: false,
      asSeen: false,
    });
  });

  it("says a winner that fell behind by a share below 0, and that the order changed", () => {
    expect(judged([3, 2, 6])).toMatchObject({ leads: [{ remains: -1 }, { remains: 0.75 }], rankChanged: true });
  });

  it("takes larger values as better where they are, and knows no share of a lead that was none", () => {
    expect(judged([5, 4, 3], "maximize").leads).toMatchObject([
      { seen: -1, heldOut: 1, remains: null },
      { heldOut: 2 },
    ]);
    expect(judged([5, 4, 3], "maximize").rankChanged).toBe(true);
  });

  it("notices one value for all, and values that are the seen ones", () => {
    expect(judged([1, 1, 1])).toMatchObject({ allSame: true, asSeen: false, rankChanged: false });
    expect(judged([1, 2, 5])).toMatchObject({ allSame: false, asSeen: true });
    const other = judgeHeldOut(
      THREE,
      [run(0, 0, 1, { metric: "acc", values: { acc: 1 } })],
      { ...METRIC, name: "acc" },
      "loss",
    );
    expect(other.asSeen).toBe(false);
  });

  it("compares nothing with a run that failed, is missing or has no finite value", () => {
    const bad = run(0, 0, 1, { end: { ...run(0, 0, 1).end, outcome: "exit-code", message: "boom" } });
    const failed = judgeHeldOut(THREE, [bad, run(1, 1, 2), null], METRIC, "loss");
    expect(failed.configurations).toMatchObject([{ heldOut: null, message: "boom" }, { heldOut: 2 }, { run: null }]);
    expect(failed).toMatchObject({ leads: [], rankChanged: null });
    const infinite = run(0, 0, 1, { values: { loss: "Infinity" } });
    expect(judgeHeldOut(THREE, [infinite], METRIC, "loss").configurations[0]).toMatchObject({ run: 0, heldOut: null });
  });
});

describe("heldOutStanding", () => {
  const trials = [makeTrial(0, 1), makeTrial(1, 2), makeTrial(2, 3)];
  const winner = findWinner(trials, [METRIC], { x: 2 });

  it("gives the newest values by the command that the winner was run with last", () => {
    const other = { command: { argv: ["other"] } };
    const runs = [run(0, 0, 9), run(1, 0, 1.5), run(2, 1, 2.5), run(3, 1, 7, other), run(4, 2, 3.5)];
    expect(heldOutStanding(runs, trials, winner)).toEqual({
      metric: "loss",
      values: [
        { role: "winner", run: 1, value: 1.5 },
        { role: "runner-up", run: 2, value: 2.5 },
        { role: "default", run: 4, value: 3.5 },
      ],
    });
  });

  it("looks past runs that failed, of another metric or reading, and of trials that are not compared", () => {
    const failed = { end: { outcome: "error", message: "x", exitCode: 1, signal: null, checkpoint: null } } as const;
    const runs = [
      run(0, 0, 1.5),
      run(1, 0, 9, failed),
      run(2, 0, Number.NaN, { values: { loss: "NaN" } }),
      run(3, 1, 2.5),
      run(4, 1, 7, { metric: "error", values: { error: 7 } }),
      run(5, 1, 8, { reading: { value: "best" } }),
      run(6, 2, 3, failed),
    ];
    expect(heldOutStanding(runs, trials, winner)!.values).toEqual([
      { role: "winner", run: 0, value: 1.5 },
      { role: "runner-up", run: 3, value: 2.5 },
    ]);
    const itself = findWinner(trials, [METRIC], { x: 0 });
    expect(heldOutStanding([run(0, 0, 1)], trials, itself)!.values).toEqual([{ role: "winner", run: 0, value: 1 }]);
  });

  it("says nothing before the first run, and that nothing is known of a new winner", () => {
    expect(heldOutStanding([], trials, winner)).toBeNull();
    expect(heldOutStanding([run(0, 1, 2)], trials, winner)).toEqual({ metric: "loss", values: [] });
    const other = { metric: "error", values: { error: 1 } };
    expect(heldOutStanding([run(0, 1, 2), run(1, 1, 2, other)], trials, winner)?.metric).toBe("error");
    expect(heldOutStanding([run(0, 1, 2, other), run(1, 1, 2)], trials, winner)?.metric).toBe("loss");
    expect(heldOutStanding([run(0, 0, 2)], trials, null)).toBeNull();
  });
});
