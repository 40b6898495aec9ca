import { beforeEach, describe, expect, it } from "vitest";
import type { StudyCommand } from "../command.ts";
import { trialAt } from "../evolve/trial-at.ts";
import type { DecisionRecord } from "../trial.ts";
import { ended, leased, StudyAtWork } from "./study-at-work.testing.ts";

const DECISION: DecisionRecord = { view: 1, settingsVersion: 1, engine: "1", reason: "good" };
const OUTDATED = { ...DECISION, settingsVersion: 2 };
const refusal = { message: "The scheduler decided under settings 2, now 1 are in force: decide again." };

let study: StudyAtWork;
beforeEach(() => {
  study = new StudyAtWork();
});

function report(trial: number, token: string, ...steps: readonly number[]): void {
  const seq = study.state.trial(trial)!.reports.length;
  const reports = steps.map((step, k) => ({ seq: seq + k, step, values: { loss: step } }));
  study.send({ type: "report", trial, token, reports });
}

function pause(trial: number, token: string): void {
  study.send({ type: "pause", trial, token, end: ended("paused") });
}

/** Trial 0 paused at step 3. */
function paused(): void {
  study.claim(leased("a"), { until: 3 });
  report(0, "a", 1, 3);
  pause(0, "a");
}

const resume = (more: Partial<Extract<StudyCommand, { type: "resume" }>> = {}) =>
  ({ type: "resume", trial: 0, owner: leased("b"), until: 9, limit: null, ...more }) as const;

describe("ends of rungs", () => {
  const pass = (at: number, token = "a") =>
    ({ type: "pass", trial: 0, token, decision: { ...DECISION, report: at } }) as const;

  it("are at reports that the trial has, each behind the one before", () => {
    study.claim(leased("a"));
    report(0, "a", 1, 2, 3, 4);
    expect(study.refused(pass(4))).toMatchObject({
      message: "Report 4 of trial 0 ends no rung: expected one from 0 on of the 4 that it has.",
      data: { trial: 0, next: 0 },
    });
    for (const none of [-1, 0.5, Number.NaN]) expect(study.refused(pass(none))).toMatchObject({ code: "conflict" });
    study.send(pass(0));
    study.send(pass(2));
    expect(study.refused(pass(2))).toMatchObject({ data: { next: 3 } });
    const end = { type: "pause", trial: 0, token: "a", end: ended("paused") } as const;
    expect(study.refused({ ...end, decision: { ...DECISION, report: 2 } })).toMatchObject({ data: { next: 3 } });
    study.send({ ...end, decision: { ...DECISION, report: 3 } });
    expect(study.state.trial(0)).toMatchObject({ state: "paused", decisions: [{}, {}, { action: "pause" }] });
  });

  it("are the holder's to tell, and keep what the program ended with", () => {
    study.claim(leased("a"));
    report(0, "a", 1);
    expect(study.refused(pass(0, "b"))).toMatchObject({ code: "conflict" });
    const end = { type: "pause", trial: 0, token: "b", end: ended("paused"), values: { loss: Number.NaN } } as const;
    expect(study.refused(end)).toMatchObject({ code: "conflict" });
    study.send({ ...end, token: "a" });
    expect(study.log.at(-1)!.event).toMatchObject({ type: "paused", values: { loss: "NaN" } });
  });
});

describe("running a paused trial on", () => {
  it("goes beyond the step that it has come to, or to its end", () => {
    paused();
    for (const until of [2, 3])
      expect(study.refused(resume({ until }))).toMatchObject({
        message: `Trial 0 cannot be resumed: expected a step to run up to beyond the one it has come to, given ${until}, it is paused at step 3.`,
      });
    expect(study.refused(resume({ until: Number.POSITIVE_INFINITY }))).toMatchObject({ code: "invalid-argument" });
    expect(study.send(resume({ until: null }))).toMatchObject({ kind: "trial", segment: 1, until: null });
  });

  it("goes by the limit: what has ended counts, and what runs", () => {
    paused();
    study.claim(leased("c"));
    expect(study.send(resume({ limit: 1 }))).toEqual({ kind: "wait" });
    study.finish(1, "c", 1);
    expect(study.send(resume({ limit: 1 }))).toEqual({ kind: "done" });
    study.claim(leased("d"));
    expect(study.send(resume({ limit: 2 }))).toEqual({ kind: "wait" });
    expect(study.send(resume({ limit: 3 }))).toMatchObject({ kind: "trial", trial: 0 });
  });

  it("is refused for one that is marked invalid", () => {
    paused();
    study.send({ type: "invalidate", trial: 0, reason: null });
    expect(study.refused(resume())).toMatchObject({ message: expect.stringContaining("it is paused, marked invalid") });
  });
});

describe("giving up a checkpoint", () => {
  const giveUp = (token: string) => ({ type: "give-up", trial: 0, token, checkpoint: "no room" }) as const;

  it("is of the newest one of a paused trial, once, and what is run on begins at 0 for the ledger", () => {
    study.claim(leased("a"), { until: 3 });
    report(0, "a", 1, 3);
    expect(study.refused(giveUp("a"))).toMatchObject({ code: "conflict" });
    study.send({ type: "pause", trial: 0, token: "a", end: ended("paused", { checkpoint: "one" }) });
    study.send(resume({ until: 4 }));
    expect(study.refused(giveUp("a"))).toMatchObject({ code: "conflict" });
    report(0, "b", 4);
    study.send({ type: "pause", trial: 0, token: "b", end: ended("paused", { checkpoint: "two" }) });
    const { revision } = study.state;
    expect(study.refused(giveUp("a"))).toMatchObject({
      message: "Trial 0 has no checkpoint of a to give up: expected it paused with one, it is paused.",
    });
    study.send(giveUp("b"));
    expect(study.log.at(-1)!.event).toEqual({ type: "given-up", trial: 0, checkpoint: "no room" });
    expect(study.refused(giveUp("b"))).toMatchObject({ code: "conflict" });
    const dropped = (trial = study.state.trial(0)!) => trial.segments.map(({ attempts }) => attempts[0]!.dropped);
    expect(dropped()).toEqual([undefined, revision + 1]);
    const record = study.state.tables.trials.get(0)!;
    expect(dropped(trialAt(record, revision)!)).toEqual([undefined, undefined]);
    expect(dropped(trialAt(record, revision + 1)!)).toEqual(dropped());
    expect(study.state.ledger.steps).toBe(4);
    study.send(resume({ owner: leased("c"), until: 9 }));
    report(0, "c", 9);
    study.finish(0, "c", 1);
    expect(study.state.ledger.steps).toBe(13);
  });

  it("is refused where there is none", () => {
    paused();
    expect(study.refused(giveUp("a"))).toMatchObject({ code: "conflict" });
  });
});

it("takes no decision that was made under other settings, and keeps one that was made under these", () => {
  expect(() => study.claim(leased("a"), { decision: OUTDATED })).toThrow(refusal.message);
  study.claim(leased("a"), { until: 3, decision: DECISION });
  report(0, "a", 3);
  pause(0, "a");
  expect(study.refused(resume({ decision: OUTDATED }))).toMatchObject(refusal);
  study.send(resume({ decision: DECISION }));
  expect(study.state.trial(0)!.decisions).toMatchObject([{ action: "start" }, { action: "resume" }]);
});
