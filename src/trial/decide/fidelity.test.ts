import { describe, expect, it } from "vitest";
import { History } from "../history.ts";
import type { Report } from "../trial.ts";
import { detached, ended, foreign, leased, StudyAtWork } from "./study-at-work.testing.ts";

const SPACE = {
  version: 1,
  parameters: [{ name: "x", type: "float", low: 0, high: 100 }],
  fidelity: { name: "epochs", type: "int", low: 1, high: 81, fidelity: true },
};

const study = (): StudyAtWork => new StudyAtWork(SPACE);
const untils = ({ state }: StudyAtWork, trial = 0) => state.trial(trial)?.segments.map(({ until }) => until);

function report(work: StudyAtWork, token: string, ...steps: readonly number[]): void {
  const first = work.state.reportCount(0);
  const reports = steps.map((step, k): Report => ({ seq: first + k, step, values: { loss: 1 } }));
  work.send({ type: "report", trial: 0, token, reports });
}

/** Run with fidelity 9, then on to 27. */
function promoted(first: { checkpoint?: string } = {}): StudyAtWork {
  const work = study();
  work.claim(leased("a"), { until: 9 });
  work.finish(0, "a", 2, ended("ok", first));
  work.send({ type: "resume", trial: 0, owner: leased("b"), until: 27, limit: null });
  return work;
}

describe("in a study that declares a fidelity", () => {
  it("every way to begin a trial gives it the largest where no other is said", () => {
    const work = study();
    expect(work.claim(leased("a"))).toMatchObject({ until: 81 });
    work.enqueue(3);
    expect(work.send({ type: "start", trial: 1, owner: leased("b"), until: null })).toMatchObject({ until: 81 });
    work.enqueue(4);
    const [from, to] = ["waiting", "running"] as const;
    work.send({ type: "transition", trial: 2, from, to, owner: foreign("c"), values: null });
    work.claim(detached("d"), { until: null });
    const owner = { ...detached("e"), handedOver: true } as const;
    expect(work.send({ type: "hand-over", trial: 3, token: "d", owner })).toMatchObject({ until: 81 });
    work.send({ type: "reserve", proposer: leased("p"), count: 1, limit: null, evidence: null });
    const trials = [{ number: 4, params: { x: 4 }, suggestion: null }];
    work.send({ type: "commit", token: "p", trials, owner: leased("f"), until: null });
    work.send({ type: "pause", trial: 4, token: "f", end: ended("paused") });
    for (const trial of [0, 1, 2, 3, 4]) expect(untils(work, trial)).toEqual([81]);
    expect(untils(promoted())).toEqual([9, 27]);
  });

  it("none is given more than the largest, or nothing", () => {
    for (const until of [82, 0, -1, Number.NaN])
      expect(
        String(study().refused({ type: "claim", owner: leased("a"), limit: null, until, candidate: null })),
      ).toMatch(/fidelity (82|0|-1); the largest is 81|step NaN/);
  });

  it("a run with less than the largest pauses where it ends, and is no result of a full run", () => {
    const work = promoted();
    expect(work.state.trial(0)).toMatchObject({ state: "running", values: {} });
    expect(
      work.send({ type: "finish", trial: 0, token: "b", state: "complete", values: { loss: 1 }, end: ended("ok") }),
    ).toEqual({
      repeated: false,
      paused: true,
    });
    work.send({ type: "resume", trial: 0, owner: leased("c"), until: null, limit: null });
    work.finish(0, "c", 0.5);
    expect(work.state.trial(0)).toMatchObject({ state: "complete", values: { loss: 0.5 } });
    expect(untils(work)).toEqual([9, 27, 81]);
  });

  it("rows tell the fidelity, whatever reports count, and one configuration is one at all of them", () => {
    const work = promoted();
    report(work, "b", 1, 2, 300);
    work.finish(0, "b", 1);
    work.claim(leased("z"), { candidate: { number: 1, params: { x: 0 }, suggestion: null } });
    work.finish(1, "z", 3);
    work.send({ type: "resume", trial: 0, owner: leased("c"), until: null, limit: null });
    work.finish(0, "c", 0.5);
    const { columns } = new History(["loss"], work.state).view();
    expect([...columns.step.subarray(0, 4)]).toEqual([9, 27, 81, 81]);
    expect([...columns.values.loss!.subarray(0, 4)]).toEqual([2, 1, 3, 0.5]);
    expect(work.state.trial(0)?.configuration).toBe(work.state.trial(1)?.configuration);
  });

  it("attempts pay the fidelity that they were given, from where they went on", () => {
    const end = (work: StudyAtWork, more: Parameters<typeof ended> = ["ok"]) => {
      const before = work.state.ledger.steps;
      const [outcome] = more;
      const state = outcome === "ok" ? "complete" : "failed";
      work.send({ type: "finish", trial: 0, token: "b", state, values: { loss: 1 }, end: ended(...more) });
      return work.state.ledger.steps - before;
    };
    expect(end(promoted())).toBe(27);
    expect(end(promoted({ checkpoint: "c" }))).toBe(18);
    expect(end(promoted({ checkpoint: "c" }), ["ok", { missing: "c" }])).toBe(27);
    const reporting = (...steps: readonly number[]) => {
      const work = promoted({ checkpoint: "c" });
      report(work, "b", ...steps);
      return work;
    };
    expect(end(reporting(1, 27))).toBe(27);
    expect(end(reporting(10, 300))).toBe(18);
    // Cut short: as far as its reports tell, and no further than it was given.
    expect(end(reporting(10, 14), ["error"])).toBe(5);
    expect(end(reporting(10, 300), ["error"])).toBe(18);
    expect(end(promoted(), ["error"])).toBe(27);
    const lost = promoted();
    lost.send({ type: "return", trial: 0, token: "b", evidence: "dead-process", end: ended("lost") });
    expect(lost.state.ledger.steps).toBe(9);
    expect(end(promoted(), ["not-started"])).toBe(0);
  });
});
