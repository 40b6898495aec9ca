import { describe, expect, it } from "vitest";
import { registerScheduler } from "../scheduler/registry.ts";
import { float } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import { createStudy, openStudy } from "./create-study.ts";
import { trialSeed } from "./run-job.ts";

const space = { x: float(0, 1) };
const made = async (more: object = {}) => {
  const storage = await openStorage(":memory:");
  const study = await createStudy({ name: "s", minimize: "loss", space, sampler: "random", seed: 5, storage, ...more });
  return { storage, study };
};

describe("a trial that is asked for", () => {
  it("is given with all that its program needs, and known by its number and token", async () => {
    const { study } = await made();
    const trial = await study.ask();
    expect(trial).toMatchObject({ number: 0, params: study.trial(0).params, seed: trialSeed(5, 0), until: null });
    expect(study.trial(0).segments[0]!.attempts[0]!.owner.token).toBe(trial.token);
    expect(study.asked(0, trial.token)).toBe(trial);
    expect(trial.seconds).toBeGreaterThanOrEqual(0);
    const stranger = study.asked(0, "another");
    expect([stranger.token, stranger.seconds, stranger.number]).toEqual(["another", null, 0]);
    expect(study.asked(0, trial.token), "a stranger takes nobody's place").toBe(trial);
    await expect(stranger.report(1, 1)).rejects.toThrow();
    expect(() => study.asked(4, "t")).toThrow('Study "s" has no trial 4');
  });

  it("is held by whoever shows its token elsewhere too", async () => {
    const { storage, study } = await made();
    const trial = await study.ask();
    const other = await openStudy({ name: "s", storage });
    const same = other.asked(0, trial.token);
    expect(other.asked(0, trial.token)).toBe(same);
    await same.report(1, 3);
    await other.tell(0, 2);
    await study.refresh();
    expect(study.trial(0)).toMatchObject({ state: "complete", values: { loss: 2 } });
  });

  it("reports one value or several at steps that are numbers, in their order", async () => {
    const { study } = await made();
    const trial = await study.ask();
    expect([trial.reportCount, trial.hasMore]).toEqual([0, false]);
    await Promise.all([trial.report(1, 0.5), trial.report(2, { loss: Number.NaN, ms: 3 })]);
    expect([trial.reportCount, trial.hasMore]).toEqual([2, true]);
    expect(study.trial(0).reports).toEqual([
      { seq: 0, step: 1, values: { loss: 0.5 } },
      { seq: 1, step: 2, values: { loss: "NaN", ms: 3 } },
    ]);
    await expect(trial.report(Number.NaN, 1)).rejects.toThrow(
      "Trial 0 is reported at step NaN; a step is a finite number.",
    );
    const many = await made({ minimize: ["loss", "ms"] });
    await expect((await many.study.ask()).report(1, 3 as never)).rejects.toThrow(
      /^Trial 0 is reported with 3, and the study has 2 objectives; give an object/,
    );
  });

  it("asks for parameters of every kind, which are written before its reports and its end", async () => {
    const { storage, study } = await made();
    const trial = await study.ask();
    const values = [
      trial.float("a", 0, 1),
      trial.int("b", 1, 9),
      trial.choice("c", ["u", "v"]),
      trial.ordinal("d", [1, 2, 4]),
      trial.boolean("e"),
    ];
    expect(trial.hasMore).toBe(true);
    await study.tell(trial, 1);
    const { x, ...own } = study.trial(0).params as Record<string, unknown>;
    expect([typeof x, own]).toEqual([
      "number",
      Object.fromEntries(["a", "b", "c", "d", "e"].map((name, k) => [name, values[k]])),
    ]);
    const types = (await storage.read(study.id, 0)).map(({ event }) => event.type);
    expect(types.slice(-2)).toEqual(["defined", "finished"]);
  });

  it("is given back unharmed, and told to have ended early with what it reported", async () => {
    const { study } = await made();
    const trial = await study.ask();
    await study.giveBack(trial);
    expect(study.trial(0)).toMatchObject({ state: "waiting" });
    expect(study.trial(0).segments[0]!.attempts[0]).toMatchObject({
      ...{ outcome: "preempted", message: "It was given back before it began." },
    });
    const again = await study.ask();
    expect([again.number, again.token === trial.token]).toEqual([0, false]);
    await again.report(1, 4);
    expect(await again.shouldStop()).toBe(null);
    await study.stopTrial(0, "enough");
    expect(await again.shouldStop()).toMatchObject({ action: "stop", reason: expect.stringContaining("enough") });
    await study.tell(again, { stopped: true });
    expect(study.trial(0)).toMatchObject({ state: "pruned", values: { loss: 4 } });
    await expect(study.tell(again, 1)).rejects.toThrow();
  });

  it("is none where there are no more, or none can be had yet", async () => {
    const grid = await made({ sampler: { name: "grid", points: { x: 1 } } });
    await grid.study.ask();
    await expect(grid.study.ask()).rejects.toMatchObject({
      ...{ code: "exhausted", message: 'The grid sampler has nothing left to suggest for study "s".' },
    });
    const { study } = await made();
    await study.tell(await study.ask({ trials: 1 }), 1);
    await expect(study.ask({ trials: 1 })).rejects.toThrow('Study "s" has had all the trials that are wanted.');
    expect((await study.ask({ trials: 2 })).number).toBe(1);
    await expect(study.ask({ trails: 1 } as never)).rejects.toThrow(/^study.ask/);
    registerScheduler({
      name: "waits",
      ...{ watches: true, promotes: true },
      create: () => ({
        name: "waits",
        onReport: () => ({ action: "continue" }),
        next: (view) => (view.pending.length > 0 ? { action: "wait" } : { action: "start-new", until: 3 }),
      }),
    });
    const waits = await made({ scheduler: "waits" });
    const first = await waits.study.ask();
    expect(first.until).toBe(3);
    await expect(waits.study.ask({ signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "conflict",
      message: 'No trial of study "s" can be handed out yet: its scheduler waits for those that run. Ask again.',
    });
    const next = waits.study.ask();
    await waits.study.tell(first, 1);
    expect((await next).number).toBe(1);
  });

  it("is told with options that there are, by a number whose token is known here alone", async () => {
    const { storage, study } = await made();
    const trial = await study.ask();
    await expect(study.tell(trial, 1, { tokne: "t" } as never)).rejects.toThrow(/^study.tell/);
    await expect(study.tell(0, 1, { token: "other" })).rejects.toThrow();
    const other = await openStudy({ name: "s", storage });
    await other.tell(0, { loss: 3 }, { token: trial.token });
    await study.refresh();
    expect(study.trial(0).values).toEqual({ loss: 3 });
    const byHand = await study.ask({ detached: true });
    await study.takeOver(byHand.number);
    await expect(study.tell(byHand, 1)).rejects.toThrow();
  });
});

it("tunes a function, and nothing else", async () => {
  const { study } = await made();
  await expect(study.optimize(5 as never)).rejects.toThrow(
    "study.optimize was given 5 to tune; give a function, or the path of a module.",
  );
  await expect(study.optimize(() => 1, { trails: 3 } as never)).rejects.toThrow(/^study.optimize/);
  const result = await study.optimize(({ number }) => ({ loss: 5 - number, ms: 1 }), { trials: 3 });
  expect(result).toMatchObject({ reason: "trials", best: { number: 2 }, front: [{ number: 2 }], knee: { number: 2 } });
});
