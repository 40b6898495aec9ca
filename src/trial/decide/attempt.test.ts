import { beforeEach, describe, expect, it } from "vitest";
import type { StudyCommand } from "../command.ts";
import type { Outcome } from "../trial.ts";
import { candidate, detached, ended, leased, StudyAtWork } from "./study-at-work.testing.ts";

const TOKEN = "token-of-a-worker";

let study: StudyAtWork;
beforeEach(() => {
  study = new StudyAtWork();
});

describe("reporting", () => {
  const report = (...reports: readonly { seq: number; step: number; loss: number }[]) =>
    ({
      type: "report",
      trial: 0,
      token: TOKEN,
      reports: reports.map(({ seq, step, loss }) => ({ seq, step, values: { loss } })),
    }) as const;

  it("takes each report once, in order, and tells which it wants next", () => {
    study.claim(leased(TOKEN));
    expect(study.send(report({ seq: 0, step: 1, loss: 5 }, { seq: 1, step: 2, loss: Number.NaN }))).toEqual({
      next: 2,
    });
    const before = study.length;
    expect(study.send(report({ seq: 0, step: 9, loss: 9 }, { seq: 1, step: 9, loss: 9 }))).toEqual({ next: 2 });
    expect(study.length).toBe(before);
    expect(study.send(report({ seq: 1, step: 9, loss: 9 }, { seq: 2, step: 3, loss: 4 }))).toEqual({ next: 3 });
    expect(study.state.trial(0)!.reports).toEqual([
      { seq: 0, step: 1, values: { loss: 5 } },
      { seq: 1, step: 2, values: { loss: "NaN" } },
      { seq: 2, step: 3, values: { loss: 4 } },
    ]);
  });

  it("refuses gaps, steps that are no numbers, and whoever does not hold the trial", () => {
    study.claim(leased(TOKEN));
    expect(study.refused(report({ seq: 1, step: 1, loss: 5 }))).toMatchObject({
      message: "Report 1 of trial 0 skips some: expected 0 next. Send the missing ones first.",
    });
    expect(study.refused(report({ seq: 0, step: Number.POSITIVE_INFINITY, loss: 5 }))).toMatchObject({
      code: "invalid-argument",
      message: "Report 0 of trial 0 has step Infinity; a step is a finite number.",
    });
    expect(study.refused({ ...report({ seq: 0, step: 1, loss: 5 }), token: "another-token" })).toMatchObject({
      message:
        "Trial 0 is not held by another-… any more: expected running under that token, it is running (held by leased token-of…). " +
        "Its lease ran out or somebody else ended it; this result changes nothing.",
    });
  });
});

describe("finishing", () => {
  it("keeps numbers that JSON has no word for as words, and words as they are", () => {
    study.claim(leased(TOKEN));
    const values = {
      loss: Number.NaN,
      low: "-Infinity",
      high: Number.POSITIVE_INFINITY,
      none: "NaN",
      plain: 0.5,
    } as const;
    study.send({ type: "finish", trial: 0, token: TOKEN, state: "complete", values, end: ended("ok") });
    expect(study.state.trial(0)!.values).toEqual({
      loss: "NaN",
      low: "-Infinity",
      high: "Infinity",
      none: "NaN",
      plain: 0.5,
    });
  });

  it("takes the same end twice, and no other after it", () => {
    study.claim(leased(TOKEN));
    const end = ended("ok", { exitCode: 0 });
    expect(study.finish(0, TOKEN, 1, end)).toEqual({ repeated: false });
    const before = study.length;
    expect(study.finish(0, TOKEN, 1, end)).toEqual({ repeated: true });
    expect(study.length).toBe(before);
    const again = { type: "finish", trial: 0, token: TOKEN, state: "complete", values: { loss: 1 }, end } as const;
    for (const other of [
      { values: { loss: 2 } },
      { state: "pruned" },
      { token: "x" },
      { end: { ...end, outcome: "stopped" } },
      { end: { ...end, message: "m" } },
      { end: { ...end, exitCode: null } },
      { end: { ...end, signal: "SIGTERM" } },
      { end: { ...end, checkpoint: "c" } },
    ] as const)
      expect(study.refused({ ...again, ...other })).toMatchObject({
        message: expect.stringMatching(/^Trial 0 is not held/),
      });
  });

  it("fails a trial whose metric comes in another unit than before", () => {
    for (const token of ["a", "b", "c", "d"]) study.claim(leased(token));
    study.finish(0, "a", 1, ended("ok", { exitCode: 0, units: { loss: "s" } }));
    study.finish(1, "b", 1, ended("ok", { exitCode: 0 }));
    expect(study.state.trial(1)).toMatchObject({
      state: "failed",
      outcome: "no-metric",
      values: {},
      message:
        "The program ended well, but its `loss` came without a unit, and in trials before with a unit (converted to s), " +
        "which cannot be compared; let the program print it in one unit always.",
    });
    study.finish(2, "c", 2, ended("ok", { exitCode: 0, units: { loss: "s" } }));
    study.send({
      type: "finish",
      trial: 3,
      token: "d",
      state: "pruned",
      values: { loss: 3 },
      end: ended("stopped", { exitCode: 0 }),
    });
    expect([2, 3].map((trial) => study.state.trial(trial)!.state)).toEqual(["complete", "pruned"]);
    expect(study.state.unitOf("loss")).toBe("s");
  });
});

describe("returning", () => {
  const give = (
    outcome: Outcome,
    evidence: "self" | "expired" | "dead-process" = "self",
    message: string | null = null,
  ) => ({ type: "return", trial: 0, token: TOKEN, evidence, end: ended(outcome, { message }) }) as const;

  it("lets a trial wait again, and gives it up after the third loss", () => {
    for (const state of ["waiting", "waiting", "failed"]) {
      study.claim(leased(TOKEN));
      expect(study.send(give("lost", "self", "It vanished."))).toEqual({ state });
    }
    expect(study.state.trial(0)).toMatchObject({
      state: "failed",
      outcome: "lost",
      message: "Its worker was lost 3 times while it ran, so it is not tried again. The last time: It vanished.",
    });
  });

  it("does not count a trial that was put off as lost", () => {
    for (let time = 0; time < 4; time++) {
      expect(study.claim(leased(TOKEN), { candidate: candidate(0) })).toMatchObject({ trial: 0, attempt: time });
      expect(study.send(give("preempted"))).toEqual({ state: "waiting" });
    }
    expect(study.state.trial(0)!.losses).toBe(0);
  });

  it("refuses other ends, and a lease that was renewed", () => {
    study.claim(leased(TOKEN));
    expect(study.refused(give("ok"))).toMatchObject({
      code: "invalid-argument",
      message:
        'Trial 0 is returned with outcome "ok"; a returned attempt is lost or preempted, any other end finishes it.',
    });
    expect(study.refused(give("lost", "expired"))).toMatchObject({
      message: "Trial 0 is still leased by token-of…: expected an expired lease, it was renewed.",
    });
    study.expired = new Set([TOKEN]);
    expect(study.send(give("lost", "expired"))).toEqual({ state: "waiting" });
    study.claim(leased(TOKEN));
    study.expired = new Set();
    expect(study.send(give("lost", "dead-process"))).toEqual({ state: "waiting" });
  });
});

describe("handing over, pausing and resuming", () => {
  it("gives a trial that was asked for to another owner, as a new attempt", () => {
    study.claim(detached("first"));
    const command = { type: "hand-over", trial: 0, token: "first", owner: detached("second") } as const;
    expect(study.refused({ ...command, owner: leased("second") })).toMatchObject({
      message: expect.stringMatching(/^Trial 0 cannot be handed over: expected one that was asked for/),
    });
    expect(study.send(command)).toEqual({ kind: "trial", trial: 0, segment: 0, attempt: 1, until: null });
    expect(study.state.trial(0)!.segments[0]!.attempts[0]).toMatchObject({ outcome: "preempted" });
    study.claim(leased("worker"));
    expect(study.refused({ ...command, trial: 1, token: "worker" })).toMatchObject({
      message: expect.stringContaining("it is running (held by leased worker)"),
    });
  });

  it("resumes what is paused, in the next segment", () => {
    study.claim(leased(TOKEN), { until: 3 });
    const resume = { type: "resume", trial: 0, owner: leased("next"), until: 9, limit: null } as const;
    expect(study.refused(resume)).toMatchObject({
      message: "Trial 0 cannot be resumed: expected paused, it is running (held by leased token-of…).",
    });
    study.send({ type: "pause", trial: 0, token: TOKEN, end: ended("paused") });
    expect(study.state.paused()).toEqual([0]);
    expect(study.send(resume)).toEqual({ kind: "trial", trial: 0, segment: 1, attempt: 0, until: 9 });
    expect(study.refused(resume)).toMatchObject({ message: expect.stringContaining("expected paused") });
    expect(study.state.trial(0)!.segments.map(({ until }) => until)).toEqual([3, 9]);
  });
});

describe("defining", () => {
  const define = (...definitions: readonly { name: string; domain: object; value: number }[]) =>
    ({ type: "define", trial: 0, token: TOKEN, definitions }) as never as Extract<StudyCommand, { type: "define" }>;
  const y = { name: "y", domain: { type: "int", low: 1, high: 3 }, value: 2 };

  it("keeps each name once in a trial, the same again changes nothing", () => {
    study.claim(leased(TOKEN));
    study.send(define(y));
    expect(study.state.trial(0)!.params).toEqual({ x: 0, y: 2 });
    const before = study.length;
    study.send(define(y));
    expect(study.length).toBe(before);
    study.send(define(y, { ...y, name: "z" }));
    expect(study.state.trial(0)!.params).toEqual({ x: 0, y: 2, z: 2 });
    expect(study.state.everDefined).toBe(true);
  });

  it("refuses another definition, a parameter of the space, a name given twice and a value that is none", () => {
    study.claim(leased(TOKEN));
    study.send(define(y));
    for (const other of [
      { ...y, value: 3 },
      { ...y, domain: { type: "int", low: 1, high: 4 } },
    ])
      expect(study.refused(define(other))).toMatchObject({
        code: "invalid-params",
        message: expect.stringContaining(
          'but y was defined as {"type":"int","low":1,"high":3} with value 2; a name has one definition in a trial.',
        ),
      });
    expect(study.refused(define({ ...y, name: "x" }))).toMatchObject({
      message: expect.stringContaining("but x is a parameter of the study's space"),
    });
    expect(study.refused(define({ ...y, name: "z" }, { ...y, name: "z" }))).toMatchObject({
      message: "A definition of z is given twice; give each name once.",
    });
    expect(study.refused(define({ ...y, name: "z", value: Number.NaN }))).toMatchObject({ code: "invalid-params" });
  });
});
