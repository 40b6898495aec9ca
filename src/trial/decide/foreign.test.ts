import { beforeEach, describe, expect, it } from "vitest";
import { throughSnapshot } from "../evolve/through-snapshot.testing.ts";
import type { Definition, TrialState } from "../trial.ts";
import { detached, ended, foreign, leased, StudyAtWork } from "./study-at-work.testing.ts";

const RATE: Definition = { name: "rate", domain: { type: "float", low: 0, high: 1, scale: "log" }, value: 0.5 };
const KIND: Definition = { name: "kind", domain: { type: "categorical", choices: ["a", "b"] }, value: "b" };

describe("what another tool's protocol does with a trial", () => {
  let study: StudyAtWork;
  beforeEach(() => {
    study = new StudyAtWork();
  });

  const take = (state: TrialState, token?: string): number => {
    const given = { params: {}, values: {}, reports: [], startedAt: 1, finishedAt: null, attributes: {} };
    const owner = token === undefined ? {} : { owner: foreign(token) };
    return study.send({ type: "import", trials: [{ ...given, state, ...owner }] }).numbers[0]!;
  };
  const define = (trial: number, ...definitions: readonly Definition[]) =>
    ({ type: "define", trial, token: null, definitions, oneKind: true }) as const;
  const report = (trial: number, step: number, loss: number) =>
    ({ type: "report", trial, token: null, reports: [{ seq: 0, step, values: { loss } }] }) as const;
  const set = (trial: number, system = false) =>
    ({ type: "set-attribute", trial, system, key: "k", text: "1", whileOpen: true }) as const;

  it.each<readonly [TrialState, string | undefined]>([
    ["waiting", undefined],
    ["running", undefined],
    ["running", "t"],
    ["paused", undefined],
  ])("changes a %s one (owner: %s) without its token", (state, token) => {
    const trial = take(state, token);
    study.send(define(trial, RATE, KIND));
    study.send(report(trial, 3, 0.5));
    study.send(report(trial, 3, 0.25));
    study.send(set(trial));
    study.send(set(trial, true));
    expect(study.state.trial(trial)).toMatchObject({
      state,
      params: { rate: 0.5, kind: "b" },
      definitions: [RATE, KIND],
      reports: [
        { seq: 0, step: 3, values: { loss: 0.5 } },
        { seq: 1, step: 3, values: { loss: 0.25 } },
      ],
      attributes: { k: "1" },
      systemAttributes: { k: "1" },
    });
  });

  it("sets parameters one after the other without a copy of those there are, and shows what was at each look", () => {
    const [trial, { tables }] = [take("running"), study.state];
    const one = (k: number): unknown => study.send(define(trial, { ...RATE, name: `p${k}`, value: k }));
    one(0);
    const record = tables.trials.get(trial)!;
    const [params, definitions] = [record.params, record.definitions];
    for (let k = 1; k < 50; k++) one(k);
    expect([record.params === params, record.definitions === definitions]).toEqual([true, true]);
    const look = study.state.trial(trial)!;
    one(50);
    expect([Object.keys(look.params).length, look.definitions?.length]).toEqual([50, 50]);
    const now = study.state.trial(trial)!;
    expect([Object.keys(now.params).length, now.definitions?.length]).toEqual([51, 51]);
  });

  it("leaves a proposal's own parameters as they are, though it defines more", () => {
    study.enqueue(1);
    const look = study.state.trial(0)!;
    study.send(define(0, RATE));
    expect([look.params, study.state.trial(0)!.params]).toEqual([{ x: 1 }, { x: 1, rate: 0.5 }]);
  });

  it("leaves alone what somebody here holds, and keeps its attributes open to all", () => {
    for (const owner of [leased("mine"), detached("mine")]) {
      study.claim(owner);
      const trial = study.state.nextNumber - 1;
      const message = expect.stringContaining(`Trial ${trial} is not another tool's`);
      const data = { trial, state: "running" };
      expect(study.refused(define(trial, RATE))).toMatchObject({ code: "conflict", message, data });
      expect(study.refused(report(trial, 1, 1))).toMatchObject({ code: "conflict", message, data });
      study.send(set(trial));
      expect(study.state.trial(trial)?.attributes).toEqual({ k: "1" });
      study.finish(trial, "mine", 1);
    }
  });

  it("changes nothing of one that has ended, whoever asks, but what its users note on it", () => {
    const trial = take("running", "t");
    study.send(define(trial, RATE));
    study.send({ type: "finish", trial, token: "t", state: "pruned", values: { loss: 1 }, end: ended("stopped") });
    const wrongKind = { ...RATE, domain: { type: "int", low: 0, high: 1 } };
    for (const command of [define(trial, wrongKind), report(trial, 1, 1), set(trial), set(trial, true)]) {
      expect(study.refused(command)).toMatchObject({
        code: "conflict",
        message: `Trial ${trial} has ended: expected one that has not, it is pruned.`,
        data: { trial, state: "pruned" },
      });
    }
    const { whileOpen: _, ...note } = set(trial);
    study.send(note);
    expect(study.state.trial(trial)?.attributes).toEqual({ k: "1" });
  });

  it("gives reports the sequence numbers that follow", () => {
    const trial = take("running", "t");
    const reports = [5, 1, 0].map((seq) => ({ seq, step: seq, values: {} }));
    expect(study.send({ type: "report", trial, token: null, reports })).toEqual({ next: 3 });
    expect(study.send({ type: "report", trial, token: null, reports: reports.slice(0, 1) })).toEqual({ next: 4 });
    expect(study.state.trial(trial)?.reports.map(({ seq, step }) => [seq, step])).toEqual([
      [0, 5],
      [1, 1],
      [2, 0],
      [3, 5],
    ]);
  });

  describe("holds a name to one kind in a study", () => {
    const other = (more: object): Definition => ({ ...RATE, domain: { ...(RATE.domain as object), ...more } });
    it.each([
      ["other bounds", other({ low: 0.25, high: 9 }), true],
      ["a step", other({ step: 0.25 }), true],
      ["another scale", { ...RATE, domain: { type: "float", low: 0, high: 1 } }, false],
      ["another type", other({ type: "int" }), false],
      ["choices", { ...KIND, name: "rate" }, false],
      ["no object", { ...RATE, domain: "float" }, false],
      ["other choices", { ...KIND, domain: { type: "categorical", choices: ["a", "b", "c"] } }, false],
      ["choices in another order", { ...KIND, domain: { type: "categorical", choices: ["b", "a"] } }, false],
    ] as const)("takes %s: %j %s", (_name, definition, fits) => {
      study.send(define(take("running"), RATE, KIND));
      const next = define(take("running"), definition);
      if (fits) {
        study.send(next);
        return;
      }
      expect(study.refused(next)).toMatchObject({
        code: "invalid-params",
        message: expect.stringContaining("a name keeps its type, scale and choices"),
      });
      const { oneKind: _, ...loosely } = next;
      study.send(loosely);
    });

    it("by the first that the log has, imported ones among them, also in a process that begins with a snapshot", () => {
      const given = { params: {}, values: {}, reports: [], startedAt: 1, finishedAt: 2, attributes: {} };
      const [late, early] = [take("running"), take("running")];
      study.send(define(early, RATE));
      study.send({ ...define(late, { ...RATE, domain: "another" }), oneKind: undefined as never });
      study.send({ type: "import", trials: [{ ...given, state: "complete", definitions: [KIND] }] });
      for (const { tables } of [study.state, throughSnapshot(study.state)]) {
        expect(tables.definedNames.first(tables, "rate")).toEqual(RATE.domain);
        expect(tables.definedNames.first(tables, "kind")).toEqual(KIND.domain);
        expect(tables.definedNames.first(tables, "x")).toBeUndefined();
      }
    });
  });

  it("ends a trial with the values it has, where it says none", () => {
    const move = { type: "transition", from: "running", to: "complete", owner: foreign("o"), values: null } as const;
    const given = { params: {}, reports: [], startedAt: 1, finishedAt: null, attributes: {} };
    study.send({ type: "import", trials: [{ ...given, state: "running", values: { loss: 4 } }] });
    study.send({ ...move, trial: 0 });
    expect(study.state.trial(0)).toMatchObject({ state: "complete", values: { loss: 4 } });
    study.send({ ...move, trial: take("running"), to: "failed" });
    expect(study.state.trial(1)).toMatchObject({ state: "failed", values: {} });
  });

  it("gives up a trial whose lease ran out, and no other", () => {
    const trial = take("running", "t");
    const move = { type: "transition", trial, from: "running", owner: foreign("o"), values: null } as const;
    const fail = { ...move, to: "failed", evidence: "expired" } as const;
    expect(study.refused(fail)).toMatchObject({
      code: "conflict",
      message: `Trial ${trial} is not given up: expected an attempt whose lease ran out, it is running (held by foreign t).`,
    });
    study.expired = new Set(["t"]);
    study.send({ ...fail, to: "waiting" });
    expect(study.state.trial(trial)).toMatchObject({ state: "waiting", outcome: "lost", losses: 1 });
    study.send({ ...move, from: "waiting", to: "running" });
    expect(study.refused(fail)).toMatchObject({ code: "conflict" });
    study.expired = new Set(["o"]);
    study.send(fail);
    expect(study.state.trial(trial)).toMatchObject({ state: "failed", outcome: "lost" });
    expect(study.refused({ ...fail, trial: take("running") })).toMatchObject({ code: "conflict" });
  });
});
