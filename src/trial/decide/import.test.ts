import { beforeEach, describe, expect, it } from "vitest";
import { trialAt } from "../evolve/trial-at.ts";
import type { ImportedTrial } from "../imported-trial.ts";
import type { Definition, TrialState } from "../trial.ts";
import { detached, ended, foreign, leased, StudyAtWork } from "./study-at-work.testing.ts";

const WIDE: Definition = { name: "x", domain: { type: "float", low: 0, high: 10 }, value: 5, given: '{"high": 1e1}' };
const KIND: Definition = { name: "kind", domain: { type: "categorical", choices: ["a", "b"] }, value: "b" };

function given(more: Partial<ImportedTrial> = {}): ImportedTrial {
  return {
    params: {},
    state: "complete",
    values: { loss: 1 },
    reports: [],
    startedAt: 5,
    finishedAt: 9,
    attributes: {},
    ...more,
  };
}

describe("a trial that was made elsewhere", () => {
  let study: StudyAtWork;
  beforeEach(() => {
    study = new StudyAtWork();
  });
  const take = (...trials: readonly ImportedTrial[]): void => void study.send({ type: "import", trials });
  const refused = (more: object): unknown => study.refused({ type: "import", trials: [given(), given(more)] });

  it("keeps the distributions it was given, in their order, and its values by them", () => {
    take(given({ params: { y: 1 }, definitions: [WIDE, KIND], systemAttributes: { s: "1" }, attributes: { s: "2" } }));
    expect(study.state.trial(0)).toMatchObject({
      params: { y: 1, x: 5, kind: "b" },
      definitions: [WIDE, KIND],
      systemAttributes: { s: "1" },
      attributes: { s: "2" },
    });
    expect(study.state.everDefined).toBe(true);
  });

  it("is of the configuration of those run alike, whichever way the values came", () => {
    take(given({ params: { x: 5, kind: "b" } }), given({ definitions: [WIDE, KIND] }), given({ definitions: [KIND] }));
    expect([0, 1, 2].map((number) => study.state.trial(number)?.configuration)).toEqual([0, 0, 2]);
  });

  it("is run by the tool that owns it: held by its token, ended by it, and by nobody else", () => {
    take(given({ state: "running", values: {}, finishedAt: null, owner: foreign("f") }));
    const trial = study.state.trial(0)!;
    expect(trial.segments).toMatchObject([{ until: null, attempts: [{ owner: foreign("f"), startedAt: 5 }] }]);
    expect(study.state.holding("f")).toMatchObject({ trials: [0], since: 5 });
    expect(study.state.budget).toMatchObject({ running: 0, trialsSpent: 0 });
    const finish = { type: "finish", trial: 0, state: "complete", values: { loss: 2 }, end: ended("ok") } as const;
    expect(study.refused({ ...finish, token: "other" })).toMatchObject({ code: "conflict" });
    study.send({ ...finish, token: "f" });
    expect(study.state.trial(0)).toMatchObject({ state: "complete", values: { loss: 2 }, startedAt: 5 });
    expect(study.state.holding("f")).toBeNull();
    expect(study.state.budget.trialsSpent).toBe(0);
  });

  it("begins with the storage's time where nobody said when it began", () => {
    take(given(), given({ state: "running", values: {}, startedAt: null, finishedAt: null, owner: foreign("f") }));
    const trial = study.state.trial(1)!;
    expect(trial.startedAt).toBeNull();
    expect(trial.segments[0]?.attempts[0]?.startedAt).toBe(trial.proposedAt);
  });

  it("that waits tells when it began elsewhere until it begins here", () => {
    take(given({ state: "waiting", values: {}, finishedAt: null }));
    expect(study.state.trial(0)).toMatchObject({ startedAt: 5, startedRevision: null });
    const before = study.state.revision;
    study.claim(leased("t"));
    expect(study.state.trial(0)).toMatchObject({ startedAt: study.length - 1, startedRevision: before + 1 });
    const record = study.state.tables.trials.get(0)!;
    expect(trialAt(record, before)).toMatchObject({ startedAt: 5, startedRevision: null, state: "waiting" });
  });

  it.each<readonly [string, object, string]>([
    ["a name in params and in definitions", { params: { x: 1 }, definitions: [WIDE] }, "has x twice"],
    ["a name twice in definitions", { definitions: [KIND, KIND] }, "has kind twice"],
    ["an owner of one that ended", { owner: foreign("f") }, "is complete and has an owner"],
    ["an owner of one that waits", { owner: foreign("f"), state: "waiting" }, "is waiting and has an owner"],
    ["an owner of another kind", { owner: detached("d"), state: "running" }, "has an owner of kind detached"],
    ["a start that is no time", { startedAt: Number.NaN }, "has NaN as start"],
    ["an end that is no time", { finishedAt: Number.POSITIVE_INFINITY }, "has Infinity as end"],
    ["an attribute that is no text", { attributes: { a: 5 } }, 'Attribute "a" is not text'],
    ["a system attribute that is no text", { systemAttributes: { a: null } }, 'Attribute "a" is not text'],
    [
      "a distribution that is no text",
      { definitions: [{ ...KIND, given: 5 }] },
      "The distribution of kind is not text",
    ],
    ["a value that JSON lacks", { definitions: [{ ...WIDE, value: Number.NaN }] }, 'Parameter "x" is NaN'],
  ])("is refused with %s, and none of the others taken in", (_name, more, words) => {
    expect(refused(more)).toMatchObject({ message: expect.stringContaining(words) });
  });

  it("may be in any state", () => {
    const states: readonly TrialState[] = ["waiting", "running", "paused", "complete", "pruned", "failed"];
    take(...states.map((state) => given({ state, definitions: [WIDE], systemAttributes: { k: "1" } })));
    expect(states.map((_state, number) => study.state.trial(number)?.state)).toEqual(states);
    expect(states.map((_state, number) => study.state.trial(number)?.params)).toEqual(states.map(() => ({ x: 5 })));
  });
});
