import { beforeEach, describe, expect, it } from "vitest";
import { leased, StudyAtWork } from "./study-at-work.testing.ts";

let study: StudyAtWork;
beforeEach(() => {
  study = new StudyAtWork();
});

describe("the study as a whole", () => {
  it("hides a trial and shows it again, once each", () => {
    study.enqueue(1);
    for (const [type, hidden] of [
      ["restore", false],
      ["invalidate", true],
      ["invalidate", true],
      ["restore", false],
    ] as const) {
      const changes = study.state.isInvalid(0) !== hidden;
      const before = study.length;
      study.send(type === "restore" ? { type, trial: 0 } : { type, trial: 0, reason: "bad data" });
      expect(study.state.isInvalid(0)).toBe(hidden);
      expect(study.length - before).toBe(changes ? 1 : 0);
    }
    expect(study.state.isInvalid(5)).toBe(false);
  });

  it("keeps attributes of the study and of trials, as text", () => {
    study.enqueue(1);
    const set = { type: "set-attribute", trial: null, system: false, key: "k", text: "1" } as const;
    study.send(set);
    study.send({ ...set, system: true, text: "2" });
    study.send({ ...set, trial: 0, text: "3" });
    study.send({ ...set, trial: 0, system: true, text: "4" });
    expect([study.state.attributes, study.state.systemAttributes]).toEqual([{ k: "1" }, { k: "2" }]);
    expect(study.state.trial(0)).toMatchObject({ attributes: { k: "3" }, systemAttributes: { k: "4" } });
    expect(study.refused({ ...set, text: 5 as never })).toMatchObject({
      message: 'Attribute "k" is not text; give its value as JSON text.',
    });
    expect(study.refused({ ...set, trial: 3 })).toMatchObject({ code: "unknown-trial" });
  });

  it("sets attributes one after the other without a copy of those there are, and shows what was at each look", () => {
    study.enqueue(1);
    const { tables } = study.state;
    const set = (trial: number | null, system: boolean, k: number): void => {
      study.send({ type: "set-attribute", trial, system, key: `k${k % 60}`, text: `${k}` });
    };
    for (const [trial, system] of [
      [null, false],
      [null, true],
      [0, false],
      [0, true],
    ] as const) {
      const kept = (): object => {
        const holder = trial === null ? tables : tables.trials.get(trial)!;
        return system ? holder.systemAttributes : holder.attributes;
      };
      const past = (): object | undefined => tables.trials.get(0)!.past?.attributes;
      const seen = (): Readonly<Record<string, string>> => {
        const holder = trial === null ? study.state : study.state.trial(trial)!;
        return system ? holder.systemAttributes : holder.attributes;
      };
      set(trial, system, 0);
      const [before, changes] = [kept(), past()];
      for (let k = 1; k < 60; k++) set(trial, system, k);
      expect(kept()).toBe(before);
      expect(past()).toBe(changes);
      const look = seen();
      expect(Object.keys(look)).toHaveLength(60);
      expect(seen()).toBe(look);
      set(trial, system, 60);
      expect([look.k0, seen().k0]).toEqual(["0", "60"]);
    }
  });

  it("sets attributes of an ended trial in its place too", () => {
    study.claim(leased("t"));
    study.finish(0, "t", 1);
    const { tables } = study.state;
    const set = (key: string): unknown =>
      study.send({ type: "set-attribute", trial: 0, system: false, key, text: key });
    set("a");
    const before = tables.trials.get(0)!.attributes;
    set("__proto__");
    expect(tables.trials.get(0)!.attributes).toBe(before);
    expect(Object.entries(study.state.trial(0)!.attributes)).toEqual([
      ["a", "a"],
      ["__proto__", "__proto__"],
    ]);
  });

  it("counts versions of settings and space, and refuses a change of what is not the newest", () => {
    const { settings } = study.state;
    const changed = { ...settings, command: null, extra: { note: 1 } };
    expect(study.send({ type: "configure", settings: changed, expectedVersion: 1 })).toEqual({ version: 2 });
    expect(study.state.settings).toEqual(changed);
    expect(study.state.settingsVersion).toBe(2);
    expect(study.refused({ type: "configure", settings, expectedVersion: 1 })).toMatchObject({
      message:
        "The study's settings changed meanwhile: expected version 1, it is at version 2. Read them again and decide anew.",
    });
    expect(study.send({ type: "respace", space: { version: "b" }, note: null, expectedVersion: 1 })).toEqual({
      version: 2,
    });
    expect([study.state.space, study.state.spaceVersion]).toEqual([{ version: "b" }, 2]);
    expect(study.state.spaceVersions.map(({ value }) => value)).toEqual([{ version: "a" }, { version: "b" }]);
    expect(study.refused({ type: "respace", space: {}, note: null, expectedVersion: 3 })).toMatchObject({
      message: expect.stringContaining("The study's space changed meanwhile: expected version 3, it is at version 2."),
    });
  });

  it("takes nothing more once it is deleted", () => {
    expect(study.refused({ type: "start", trial: 0, owner: leased("a"), until: null })).toMatchObject({
      message: 'There is no trial 0 in study "random": it has none yet.',
    });
    study.send({ type: "delete" });
    expect(study.state.deleted).toBe(true);
    expect(study.refused({ type: "delete" })).toMatchObject({
      code: "unknown-study",
      message: 'Study "random" was deleted; create it again to go on.',
    });
  });

  it("imports trials as they were, and enqueues replicates of what there is", () => {
    const given = {
      params: { x: 3 },
      state: "complete",
      values: { loss: Number.POSITIVE_INFINITY },
      reports: [{ seq: 7, step: 2, values: { loss: 1 } }],
      startedAt: 5,
      finishedAt: 9,
      attributes: { from: '"csv"' },
    } as const;
    expect(study.send({ type: "import", trials: [given as never, { ...given, state: "waiting" } as never] })).toEqual({
      numbers: [0, 1],
    });
    expect(study.state.trial(0)).toMatchObject({
      origin: "imported",
      state: "complete",
      values: { loss: "Infinity" },
      reports: [{ seq: 0, step: 2, values: { loss: 1 } }],
      startedAt: 5,
      finishedAt: 9,
      attributes: { from: '"csv"' },
    });
    expect(study.state.budget).toMatchObject({ trialsSpent: 0, waiting: 1 });
    const replicate = { of: 0, index: 1, seed: 4, fold: null };
    expect(study.send({ type: "enqueue", params: { x: 3 }, offered: { y: 1 }, origin: "user", replicate })).toEqual({
      number: 2,
    });
    expect(study.state.trial(2)).toMatchObject({
      replicate: { index: 1, seed: 4 },
      offered: { y: 1 },
    });
    expect(
      study.refused({ type: "enqueue", params: {}, origin: "user", replicate: { ...replicate, of: 9 } }),
    ).toMatchObject({
      code: "unknown-trial",
    });
    expect(
      study.refused({ type: "enqueue", params: { x: [Number.NaN] }, origin: "user", replicate: null }),
    ).toMatchObject({
      code: "invalid-params",
    });
  });
});
