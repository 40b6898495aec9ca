import { beforeEach, describe, expect, it } from "vitest";
import type { StudyCommand } from "../command.ts";
import { trialAt } from "../evolve/trial-at.ts";
import { ended, leased, StudyAtWork } from "./study-at-work.testing.ts";

let study: StudyAtWork;

/** Trials 0 and 1, paused at step 3 with a checkpoint each. */
beforeEach(() => {
  study = new StudyAtWork();
  for (const [trial, token] of ["a", "b"].entries()) {
    study.claim(leased(token), { until: 3 });
    const reports = [1, 3].map((step, seq) => ({ seq, step, values: { loss: trial + step } }));
    study.send({ type: "report", trial, token, reports });
    study.send({ type: "pause", trial, token, end: ended("paused", { checkpoint: `of ${trial}` }) });
  }
});

type Branch = Extract<StudyCommand, { type: "branch" }>;
const branch = (more: Partial<Branch> = {}): Branch => {
  const { revision: view, settingsVersion } = study.state;
  const decision = { view, settingsVersion, engine: "1", reason: "the worst" };
  const made = { owner: leased("n"), params: { x: 7 }, until: 6, limit: null, decision };
  return { type: "branch", of: { trial: 0, segment: 0 }, replaces: 1, ...made, ...more };
};

describe("a trial that begins with another's checkpoint", () => {
  it("takes the place of a paused one, which ends and no longer counts", () => {
    expect(study.send(branch({ limit: 2 }))).toMatchObject({ kind: "trial", trial: 2, segment: 0, until: 6 });
    expect(study.state.trial(1)).toMatchObject({
      state: "pruned",
      outcome: "stopped",
      message: "the worst",
      successor: 2,
    });
    expect(study.state.trial(1)!.values).toEqual({ loss: 4 });
    const made = { origin: "scheduler", params: { x: 7 }, branch: { of: 0, segment: 0, step: 3 }, state: "running" };
    expect(study.state.trial(2)).toMatchObject({ ...made, decisions: [{ action: "start", reason: "the worst" }] });
    expect(study.state.budget).toMatchObject({ trialsSpent: 0, running: 1, paused: 1 });
    const before = trialAt(study.state.tables.trials.get(1)!, study.state.revision - 3)!;
    expect([before.state, before.successor]).toEqual(["paused", undefined]);
    // Marked invalid and shown again it does not count either.
    study.send({ type: "invalidate", trial: 1, reason: null });
    study.send({ type: "restore", trial: 1 });
    expect(study.state.budget).toMatchObject({ trialsSpent: 0, running: 1, paused: 1 });
  });

  it("pays from the step of the checkpoint on", () => {
    const { steps } = study.state.ledger;
    study.send(branch());
    study.send({ type: "report", trial: 2, token: "n", reports: [{ seq: 0, step: 6, values: { loss: 1 } }] });
    study.finish(2, "n", 1);
    expect(study.state.ledger.steps - steps).toBe(3);
  });

  it("begins nothing that is not as it was decided", () => {
    const refusals: readonly (readonly [Partial<Branch>, string])[] = [
      [{ replaces: 0, of: { trial: 0, segment: 1 } }, "a checkpoint of its segment 1"],
      [{ until: 3 }, "at a step below 3"],
      [{ decision: { ...branch().decision, settingsVersion: 2 } }, "decide again"],
      [{ decision: { ...branch().decision, view: 0 } }, "The space is another by now"],
    ];
    for (const [more, words] of refusals)
      expect(study.refused(branch(more))).toMatchObject({ message: expect.stringContaining(words) });
    study.send({ type: "give-up", trial: 0, token: "a", checkpoint: "no room" });
    expect(study.refused(branch())).toMatchObject({ code: "conflict" });
    study.send({ type: "resume", trial: 1, owner: leased("c"), until: 9, limit: null });
    expect(study.refused(branch({ of: null }))).toMatchObject({
      message: expect.stringContaining("cannot be replaced: expected paused"),
    });
  });

  it("keeps to the total: one in the place of another needs none of its own", () => {
    expect(study.send(branch({ replaces: null, limit: 2 }))).toEqual({ kind: "wait" });
    expect(study.send(branch({ replaces: null, limit: 3 }))).toMatchObject({ kind: "trial", trial: 2 });
    expect(study.send(branch({ owner: leased("o"), limit: 1 }))).toEqual({ kind: "wait" });
    study.finish(2, "n", 1);
    expect(study.send(branch({ owner: leased("o"), limit: 1 }))).toEqual({ kind: "done" });
  });

  it("is of the configuration of those that were run by the same schedule, and of no other", () => {
    study.send(branch());
    study.send(branch({ owner: leased("o"), replaces: null }));
    study.claim(leased("p"), { candidate: { number: 4, params: { x: 7 }, suggestion: null } });
    for (const [trial, token] of [
      [2, "n"],
      [3, "o"],
      [4, "p"],
    ] as const)
      study.finish(trial, token, 1);
    expect([2, 3, 4].map((trial) => study.state.trial(trial)!.configuration)).toEqual([2, 2, 4]);
  });
});
