import { beforeEach, describe, expect, it } from "vitest";
import { leasesAsked } from "./leases-asked.ts";
import { ended, foreign, leased, StudyAtWork } from "./study-at-work.testing.ts";

let study: StudyAtWork;
beforeEach(() => {
  study = new StudyAtWork();
  study.enqueue(1);
  study.enqueue(2);
  study.claim(leased("w"));
});

describe("leases that a command may ask about", () => {
  it("is that of an attempt which is given back because it ran out", () => {
    const back = (evidence: "expired" | "self" | "dead-process") =>
      leasesAsked(study.state, { type: "return", trial: 0, token: "w", evidence, end: ended("lost") });
    expect([back("expired"), back("self"), back("dead-process")]).toEqual([["w"], [], []]);
  });

  it("is that of a trial's attempt which another tool ends because it ran out", () => {
    const moved = (trial: number, evidence?: "expired") =>
      leasesAsked(study.state, {
        ...{ type: "transition", trial, from: "running", to: "failed", owner: foreign("f"), values: null },
        ...(evidence && { evidence }),
      });
    expect([moved(0, "expired"), moved(0), moved(1, "expired"), moved(7, "expired")]).toEqual([["w"], [], [], []]);
  });

  it("is that of a reservation which is taken over because it ran out", () => {
    const reserve = (evidence: "expired" | "dead-process" | null) =>
      leasesAsked(study.state, { type: "reserve", proposer: leased("n"), count: 1, limit: null, evidence });
    expect(reserve("expired")).toEqual([]);
    study.claim(leased("x"));
    study.send({ type: "reserve", proposer: leased("p"), count: 1, limit: null, evidence: null });
    expect([reserve("expired"), reserve("dead-process"), reserve(null)]).toEqual([["p"], [], []]);
  });

  it("is none otherwise", () => {
    expect(leasesAsked(study.state, { type: "invalidate", trial: 0, reason: null })).toEqual([]);
  });
});
