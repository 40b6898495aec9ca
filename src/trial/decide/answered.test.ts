import { expect, it } from "vitest";
import { stateFromParts, stateToParts } from "../evolve/snapshot.ts";
import { candidate, detached, leased, StudyAtWork } from "./study-at-work.testing.ts";

const enqueue = (id: string, x = 1) =>
  ({
    type: "enqueue",
    params: { x },
    origin: "enqueued",
    replicate: null,
    request: { id, asks: `x ${x}` },
  }) as const;

it("a request is carried out once, and answered as then; the last event of its change says so", () => {
  const study = new StudyAtWork();
  expect(study.send(enqueue("a"))).toEqual({ number: 0 });
  const { length } = study;
  expect(study.log.at(-1)?.event).toMatchObject({ request: { id: "a", asks: "x 1", answer: { number: 0 } } });
  expect(study.send(enqueue("b"))).toEqual({ number: 1 });
  expect(study.send(enqueue("a"))).toEqual({ number: 0 });
  expect(study.length).toBe(length + 1);
  expect(study.refused(enqueue("a", 2))).toMatchObject({ code: "conflict" });
});

it("an answer that was given with the request is the one that is told", () => {
  const study = new StudyAtWork();
  study.send({ ...enqueue("a"), request: { id: "a", asks: "", answer: { told: true } } });
  expect(study.state.answerTo({ id: "a", asks: "" })).toEqual({ told: true });
});

it("what changes nothing is not kept: it may come to something later", () => {
  const study = new StudyAtWork();
  const request = { id: "a", asks: "" };
  const claim = { type: "claim", owner: detached("t"), limit: 0, until: null, candidate: null, request } as const;
  expect(study.send(claim)).toEqual({ kind: "done" });
  study.send(enqueue("b"));
  expect(study.send({ ...claim, limit: null })).toMatchObject({ kind: "trial", trial: 0 });
});

it("a trial that was asked for is one answer, by whichever command; what was reserved for it anew is let go", () => {
  const study = new StudyAtWork();
  const request = { id: "a", asks: "" };
  const reserve = (token: string) =>
    study.send({ type: "reserve", proposer: leased(token), count: 1, limit: null, evidence: null });
  const commit = (token: string, number: number, owner: string) =>
    study.send({
      type: "commit",
      token,
      trials: [candidate(number)],
      owner: detached(owner),
      until: null,
      request,
    });
  reserve("p");
  const { started } = commit("p", 0, "first");
  expect(started).toMatchObject({ kind: "trial", trial: 0 });
  reserve("q");
  expect(commit("q", 1, "second")).toEqual({ numbers: [], started });
  expect(study.state.reservation).toBeNull();
  const claim = { type: "claim", owner: detached("third"), limit: null, until: null, candidate: null } as const;
  expect(study.send({ ...claim, request })).toEqual(started);
  expect(study.state.nextNumber).toBe(1);
});

it("snapshots know the newest thousand", () => {
  const study = new StudyAtWork();
  for (let k = 0; k <= 1_000; k++) study.send(enqueue(`k${k}`));
  const { head, blocks } = stateToParts(study.state, 0);
  const bodies = blocks.map(({ body }) => body);
  for (const state of [study.state, stateFromParts(JSON.parse(JSON.stringify(head)), bodies)!]) {
    expect(state.answerTo({ id: "k1000", asks: "x 1" })).toEqual({ number: 1000 });
    expect(state.answerTo({ id: "k1", asks: "x 1" })).toEqual({ number: 1 });
    expect(state.answerTo({ id: "k0", asks: "x 1" })).toBeUndefined();
  }
  expect(stateToParts(new StudyAtWork().state, 0).head).not.toHaveProperty("requests");
});
