import { beforeEach, describe, expect, it } from "vitest";
import type { StudyCommand } from "../command.ts";
import { leasesAsked } from "./leases-asked.ts";
import { candidate, ended, leased, StudyAtWork } from "./study-at-work.testing.ts";

let study: StudyAtWork;
beforeEach(() => {
  study = new StudyAtWork();
});

describe("reserving", () => {
  type Reserve = Extract<StudyCommand, { type: "reserve" }>;
  const reserve = (token: string, more: Partial<Reserve> = {}): Reserve => ({
    type: "reserve",
    proposer: leased(token),
    count: 2,
    limit: null,
    evidence: null,
    ...more,
  });

  it("gives the right to propose to one at a time, within the limit", () => {
    expect(study.refused(reserve("a", { count: 0 }))).toMatchObject({
      code: "invalid-argument",
      message: "A reservation of 0 trials; give a whole number from 1 up.",
    });
    expect(study.refused(reserve("a", { count: 1.5 }))).toMatchObject({ code: "invalid-argument" });
    expect(study.send(reserve("a", { limit: 1 }))).toEqual({ kind: "reserved", first: 0, count: 1, index: 0, view: 2 });
    expect(study.send(reserve("a", { limit: 9 }))).toEqual({ kind: "reserved", first: 0, count: 1, index: 0, view: 2 });
    expect(study.send(reserve("b"))).toEqual({ kind: "busy", holder: leased("a") });
    expect(study.claim(leased("c"))).toEqual({ kind: "reserve" });
    study.send({ type: "release", token: "a" });
    expect(study.state.reservation).toBe(null);
    expect(study.refused({ type: "release", token: "a" })).toMatchObject({
      message: expect.stringContaining("(no reservation is held)"),
    });
    study.enqueue(1);
    expect(study.send(reserve("b"))).toEqual({ kind: "waiting-trial" });
    study.claim(leased("c"));
    expect(study.send(reserve("b", { limit: 1 }))).toEqual({ kind: "wait" });
    study.finish(0, "c", 1);
    expect(study.send(reserve("b", { limit: 1 }))).toEqual({ kind: "done" });
    expect(study.send(reserve("b", { limit: 2 }))).toMatchObject({ kind: "reserved", first: 1, count: 1 });
  });

  it("moves to another only by evidence about the one who holds it", () => {
    study.send(reserve("a"));
    const busy = { kind: "busy", holder: leased("a") };
    expect(study.send(reserve("b", { evidence: "self" }))).toEqual(busy);
    expect(study.send(reserve("b", { evidence: "expired" }))).toEqual(busy);
    expect(study.send(reserve("b", { evidence: "dead-process", holder: "c" }))).toEqual(busy);
    study.expired = new Set(["a"]);
    expect(study.send(reserve("b", { evidence: "expired", holder: "c" }))).toEqual(busy);
    expect(study.send(reserve("b", { evidence: "expired", holder: "a" }))).toMatchObject({
      kind: "reserved",
      first: 0,
    });
    expect(study.state.reservation!.proposer).toEqual(leased("b"));
    expect(study.send(reserve("c", { evidence: "dead-process", holder: null }))).toMatchObject({ kind: "reserved" });
    expect(study.state.holding("c")).toMatchObject({ reservation: true, trials: [] });
    expect(study.state.holding("b")).toBe(null);
  });

  it("turns into trials, of which the first may start at once", () => {
    study.send(reserve("a", { count: 3 }));
    const commit = {
      type: "commit",
      token: "a",
      trials: [candidate(0), candidate(1)],
      owner: leased("w"),
      until: 4,
    } as const;
    expect(study.refused({ ...commit, token: "b" })).toMatchObject({
      message: expect.stringContaining("(it is held by a)"),
    });
    expect(study.refused({ ...commit, trials: [] })).toMatchObject({
      message: "A commit of 0 trials on a reservation of 3; give 1 to 3, or release it.",
    });
    expect(study.refused({ ...commit, trials: [0, 1, 2, 3].map((number) => candidate(number)) })).toMatchObject({
      code: "invalid-argument",
    });
    expect(study.refused({ ...commit, trials: [candidate(1)] })).toMatchObject({
      message: expect.stringContaining("expected number 0, index 0, view 2"),
    });
    const suggestion = {
      view: 2,
      spaceVersion: 1,
      settingsVersion: 1,
      index: 0,
      batchFirst: 0,
      engine: "1",
      inputs: {},
    };
    for (const other of [{ view: 1 }, { index: 1 }, { spaceVersion: 2 }, { settingsVersion: 2 }])
      expect(study.refused({ ...commit, trials: [candidate(0, { ...suggestion, ...other })] })).toMatchObject({
        message: expect.stringContaining("does not fit its reservation"),
      });
    expect(study.refused({ ...commit, trials: [{ ...candidate(0), params: { x: Number.NaN } }] })).toMatchObject({
      code: "invalid-params",
      message:
        'Parameter "x" is NaN; a value is a finite number, text, true, false, null, or a list or object of such.',
    });
    expect(
      study.send({ ...commit, trials: [candidate(0, suggestion), candidate(1, { ...suggestion, index: 1 })] }),
    ).toEqual({
      numbers: [0, 1],
      started: { kind: "trial", trial: 0, segment: 0, attempt: 0, until: 4 },
    });
    expect(study.state.reservation).toBe(null);
    expect(study.state.nextWaiting()).toBe(1);
    study.send(reserve("a"));
    expect(study.state.proposalIndex).toBe(2);
  });

  it("says of which leases it has to know", () => {
    study.send(reserve("a"));
    const asked = (command: StudyCommand) => leasesAsked(study.state, command);
    expect(asked(reserve("b", { evidence: "expired" }))).toEqual(["a"]);
    expect(asked(reserve("b", { evidence: "dead-process" }))).toEqual([]);
    expect(asked(reserve("b"))).toEqual([]);
    const give = { type: "return", trial: 0, token: "t", evidence: "expired", end: ended("lost") } as const;
    expect(asked(give)).toEqual(["t"]);
    expect(asked({ ...give, evidence: "self" })).toEqual([]);
    expect(asked({ type: "release", token: "a" })).toEqual([]);
    study.send({ type: "release", token: "a" });
    expect(asked(reserve("b", { evidence: "expired" }))).toEqual([]);
  });
});
