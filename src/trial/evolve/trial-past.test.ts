import { beforeEach, describe, expect, it } from "vitest";
import { detached, ended, leased, StudyAtWork } from "../decide/study-at-work.testing.ts";
import { turnsOf } from "./trial-past.ts";

let study: StudyAtWork;
beforeEach(() => {
  study = new StudyAtWork();
});

const recordOf = (trial: number) => study.state.tables.trials.get(trial)!;
const statesOf = (trial: number) => turnsOf(recordOf(trial)).map(({ state, attempts }) => [state, attempts]);

describe("the past of a trial", () => {
  it("costs nothing while it waits, runs once and ends", () => {
    study.enqueue(1);
    expect([recordOf(0).past, statesOf(0)]).toEqual([null, [["waiting", 0]]]);
    study.claim(leased("w"));
    expect([recordOf(0).past, statesOf(0)]).toEqual([
      null,
      [
        ["waiting", 0],
        ["running", 1],
      ],
    ]);
    study.finish(0, "w", 0.5);
    const turns = turnsOf(recordOf(0));
    expect(recordOf(0).past).toBeNull();
    expect(turns.map(({ state }) => state)).toEqual(["waiting", "running", "complete"]);
    expect(turns.map(({ values }) => values)).toEqual([{}, {}, { loss: 0.5 }]);
    expect(turns.map(({ revision }) => revision)).toEqual([
      recordOf(0).proposedRevision,
      recordOf(0).startedRevision,
      recordOf(0).finishedRevision,
    ]);
  });

  it("is kept of one that was lost and ran again", () => {
    study.enqueue(1);
    study.claim(detached("a"));
    study.send({ type: "return", trial: 0, token: "a", evidence: "self", end: ended("lost") });
    study.claim(leased("w"));
    study.finish(0, "w", 0.5);
    expect(recordOf(0).past?.turns).toHaveLength(5);
    expect(statesOf(0)).toEqual([
      ["waiting", 0],
      ["running", 1],
      ["waiting", 1],
      ["running", 2],
      ["complete", 2],
    ]);
    expect(turnsOf(recordOf(0)).map(({ losses }) => losses)).toEqual([0, 0, 1, 1, 1]);
  });
});
