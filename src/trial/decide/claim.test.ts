import { beforeEach, describe, expect, it } from "vitest";
import { candidate, detached, leased, StudyAtWork } from "./study-at-work.testing.ts";

let study: StudyAtWork;
beforeEach(() => {
  study = new StudyAtWork();
});

describe("claiming", () => {
  it("takes the oldest waiting trial, then the candidate, and sends for a proposal where that is none", () => {
    study.enqueue(7);
    expect(study.claim(leased("a"), { until: 3 })).toEqual({
      kind: "trial",
      trial: 0,
      segment: 0,
      attempt: 0,
      until: 3,
    });
    expect(study.claim(leased("b"))).toMatchObject({ kind: "trial", trial: 1 });
    expect(study.claim(leased("c"), { candidate: null })).toEqual({ kind: "reserve" });
    expect(study.claim(leased("c"), { candidate: candidate(9) })).toEqual({ kind: "reserve" });
    const suggestion = {
      view: 1,
      spaceVersion: 1,
      settingsVersion: 1,
      index: study.state.proposalIndex,
      batchFirst: 2,
      engine: "1",
      inputs: {},
    };
    for (const other of [{ index: 9 }, { spaceVersion: 2 }, { settingsVersion: 2 }])
      expect(study.claim(leased("c"), { candidate: candidate(2, { ...suggestion, ...other }) })).toEqual({
        kind: "reserve",
      });
    expect(study.claim(leased("c"), { candidate: candidate(2, suggestion) })).toMatchObject({
      kind: "trial",
      trial: 2,
    });
    expect(study.state.trial(2)).toMatchObject({ origin: "sampler", suggestion });
  });

  it("goes by the limit: what runs counts, what waits runs within it", () => {
    study.claim(leased("a"), { limit: 2 });
    study.enqueue(1);
    study.enqueue(2);
    expect(study.claim(leased("b"), { limit: 2 })).toMatchObject({ kind: "trial", trial: 1 });
    expect(study.claim(leased("c"), { limit: 2 })).toEqual({ kind: "wait" });
    study.finish(0, "a", 1);
    expect(study.claim(leased("c"), { limit: 2 })).toEqual({ kind: "wait" });
    study.finish(1, "b", 1);
    expect(study.claim(leased("c"), { limit: 2 })).toEqual({ kind: "done" });
    expect(study.claim(leased("c"), { limit: 3 })).toMatchObject({ kind: "trial", trial: 2 });
  });

  it("starts a named trial that waits and no other", () => {
    study.enqueue(1);
    expect(study.send({ type: "start", trial: 0, owner: detached("d"), until: null })).toMatchObject({ trial: 0 });
    expect(study.refused({ type: "start", trial: 0, owner: detached("e"), until: null })).toMatchObject({
      message: "Trial 0 cannot be started: expected waiting, it is running (held by detached d).",
    });
    study.enqueue(2);
    study.send({ type: "invalidate", trial: 1, reason: null });
    expect(study.refused({ type: "start", trial: 1, owner: detached("e"), until: null })).toMatchObject({
      message: expect.stringContaining("it is waiting, marked invalid"),
    });
    expect(study.refused({ type: "start", trial: 7, owner: detached("e"), until: null })).toMatchObject({
      code: "unknown-trial",
      message: 'There is no trial 7 in study "random": its trials are 0 to 1.',
    });
  });
});
