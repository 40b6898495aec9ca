import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AttuneError, StorageConflict } from "../errors.ts";
import { choice, defineSpace, derived, float, int, oneOf } from "../space/index.ts";
import { createStudy, openStudy } from "./create-study.ts";

const space = { lr: float(1e-5, 1e-1, { log: true }), layers: int(1, 6) };

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-study-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = (): string => join(folder, "attune.db");

async function rejection(promise: Promise<unknown>): Promise<AttuneError> {
  const error = await promise.then(
    () => null,
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(AttuneError);
  return error as AttuneError;
}

describe.each(["memory", "sqlite"])("a study in %s", (kind) => {
  const storage = (): string => (kind === "memory" ? ":memory:" : file());

  it("tunes a function with several workers to exactly the trials asked for", async () => {
    const study = await createStudy({ name: "s", minimize: "loss", space, storage: storage(), seed: 7 });
    const summary = await study.optimize(({ params }) => Math.abs(Math.log10(params.lr) + 2) + params.layers, {
      trials: 30,
      workers: 4,
    });
    expect(summary).toMatchObject({ reason: "trials", trialsSpent: 30, ran: 30 });
    const trials = study.trials();
    expect(trials.map((trial) => trial.number)).toEqual(Array.from({ length: 30 }, (_, number) => number));
    expect(trials.every((trial) => trial.state === "complete")).toBe(true);
    await study.close();
  });

  it("suggests the same for the same seed, however many workers", async () => {
    const runs = await Promise.all(
      [1, 5].map(async (workers) => {
        const study = await createStudy({ name: "s", minimize: "loss", space, seed: 3, sampler: "random" });
        await study.optimize(() => 1, { trials: 12, workers });
        return study.trials().map((trial) => trial.params);
      }),
    );
    expect(runs[0]).toEqual(runs[1]);
  });

  it("asks and tells by hand", async () => {
    const study = await createStudy({ name: "s", maximize: "acc", space, storage: storage() });
    const trial = await study.ask();
    await trial.report(1, 0.2);
    await study.tell(trial, 0.5);
    expect(study.trial(0)).toMatchObject({ state: "complete", values: { acc: 0.5 } });
    expect(study.trial(0).reports).toEqual([{ seq: 0, step: 1, values: { acc: 0.2 } }]);
    const failed = await study.ask();
    await study.tell(failed, { failed: true });
    expect(study.trial(1)).toMatchObject({ state: "failed", outcome: "reported-failed" });
    const strange = await study.ask();
    await study.tell(strange, Number.NaN);
    expect(study.trial(2)).toMatchObject({ state: "failed", outcome: "nan" });
    await study.close();
  });

  it("keeps all reports that are made at a time, and tells after them", async () => {
    const study = await createStudy({ name: "s", minimize: "loss", space, storage: storage() });
    const trial = await study.ask();
    const reported = Promise.all([1, 2, 3, 4].map((step) => trial.report(step, step / 10)));
    await study.tell(trial, 0.5);
    await reported;
    expect(study.trial(0).reports.map(({ seq, step }) => [seq, step])).toEqual(
      [1, 2, 3, 4].map((step) => [step - 1, step]),
    );
    expect(study.trial(0).state).toBe("complete");
    const next = await study.ask();
    await expect(trial.report(5, 0.1)).rejects.toBeInstanceOf(StorageConflict);
    expect(study.trial(next.number).reports).toEqual([]);
    await study.close();
  });

  it("refuses to tell with a token that does not own the trial", async () => {
    const study = await createStudy({ name: "s", minimize: "loss", space, storage: storage() });
    const trial = await study.ask({ detached: true });
    await expect(study.tell(trial.number, 1, { token: "wrong" })).rejects.toBeInstanceOf(StorageConflict);
    await study.tell(trial.number, 1, { token: trial.token });
    expect(study.trial(0).state).toBe("complete");
    await study.close();
  });

  it("tries what was enqueued first and completes it", async () => {
    const study = await createStudy({ name: "s", minimize: "loss", space, storage: storage() });
    await study.enqueue({ lr: 0.01, layers: 2 });
    const trial = await study.ask();
    expect(trial.params).toEqual({ lr: 0.01, layers: 2 });
    expect((await rejection(study.enqueue({ lr: 7, layers: 2 }))).message).toMatch(/lr/);
    await study.close();
  });

  it("runs a conditional grid to its end, each cell once, and replays it", async () => {
    const study = await createStudy({
      name: "s",
      minimize: "loss",
      space: { model: oneOf({ mlp: { layers: int(1, 3) }, forest: { trees: choice([10, 20]) } }) },
      sampler: "grid",
      storage: storage(),
    });
    const summary = await study.optimize(() => 1, { workers: 3 });
    expect(summary).toMatchObject({ reason: "exhausted", trialsSpent: 5 });
    expect(new Set(study.trials().map((trial) => JSON.stringify(trial.params))).size).toBe(5);
    expect(await study.replay()).toMatchObject({ checked: 5, differences: [], otherEngine: [] });
    await study.close();
  });

  it("keeps failures with their cause and stops when the first three fail the same way", async () => {
    const study = await createStudy({ name: "s", minimize: "loss", space, storage: storage() });
    const summary = await study.optimize(
      () => {
        throw new Error("no such file: data.csv");
      },
      { trials: 20 },
    );
    expect(summary.reason).toBe("same-failure");
    expect(summary.message).toMatch(/no such file: data\.csv/);
    expect(study.trials().length).toBeLessThan(6);
    const insisted = await study.optimize(() => Number.NaN, { trials: 9, keepGoing: true });
    expect(insisted).toMatchObject({ reason: "trials", trialsSpent: 9 });
    await study.close();
  });

  it("stops on a signal, gives running trials back and counts them later once", async () => {
    const study = await createStudy({ name: "s", minimize: "loss", space, storage: storage() });
    const stop = new AbortController();
    const summary = await study.optimize(
      (trial) => {
        if (trial.number < 2) return 1;
        stop.abort();
        return new Promise<number>((_, reject) =>
          trial.signal.addEventListener("abort", () => reject(new Error("ended"))),
        );
      },
      { trials: 6, grace: 0, signal: stop.signal },
    );
    expect(summary).toMatchObject({ reason: "stopped", trialsSpent: 2 });
    expect(study.trial(2).state).toBe("waiting");
    const rest = await study.optimize(() => 1, { trials: 6 });
    expect(rest).toMatchObject({ reason: "trials", trialsSpent: 6, ran: 4 });
    expect(study.trials().length).toBe(6);
    await study.close();
  });
});

describe("continuing a study", () => {
  const options = { name: "s", minimize: "loss", space, seed: 5 } as const;

  it("goes on to the total", async () => {
    const first = await createStudy({ ...options, storage: file() });
    await first.optimize(() => 1, { trials: 3 });
    await first.close();
    const second = await createStudy({ ...options, storage: file() });
    expect(second.created).toBe(false);
    const summary = await second.optimize(() => 1, { trials: 5 });
    expect(summary).toMatchObject({ trialsSpent: 5, ran: 2 });
    await second.close();
  });

  it("accepts a wider space, says so, and replays across the change", async () => {
    const first = await createStudy({ ...options, storage: file() });
    await first.optimize(() => 1, { trials: 3 });
    await first.close();
    const wider = { lr: float(1e-6, 1e-1, { log: true }), layers: int(1, 8) };
    const second = await createStudy({ ...options, space: wider, storage: file() });
    expect(second.notices.join(" ")).toMatch(/widened/);
    await second.optimize(() => 1, { trials: 6 });
    expect(await second.replay()).toMatchObject({ checked: 6, differences: [] });
    await second.close();
  });

  it.each([
    ["another metric", { minimize: "error" }],
    ["a narrower space", { space: { lr: float(1e-3, 1e-1, { log: true }), layers: int(1, 6) } }],
    ["another parameter", { space: { ...space, depth: int(1, 3) } }],
    ["another seed", { seed: 6 }],
  ])("refuses %s and says what to do", async (_, change) => {
    const first = await createStudy({ ...options, storage: file() });
    await first.optimize(() => 1, { trials: 1 });
    await first.close();
    const error = await rejection(createStudy({ ...options, ...change, storage: file() }));
    expect(error.code).toBe("study-changed");
    expect(error.message).toMatch(/a name of its own/);
  });

  it("keeps the sampler it has when none is named", async () => {
    const first = await createStudy({ ...options, sampler: "grid", storage: file() });
    await first.close();
    const second = await createStudy({ ...options, storage: file() });
    expect(second.settings.sampler.name).toBe("grid");
    await second.close();
  });

  it("accepts another program only while no trial has a value", async () => {
    const open = (word: string) => createStudy({ ...options, command: { argv: ["train", word] }, storage: file() });
    const first = await open("--epohcs");
    await first.tell(await first.ask(), { failed: true });
    const second = await open("--epochs");
    expect(second.notices.join(" ")).toMatch(/program or its arguments changed/);
    await second.tell(await second.ask(), 1);
    expect((await rejection(open("--rounds"))).code).toBe("study-changed");
    await first.close();
    await second.close();
  });

  it("names what there is when a study is unknown", async () => {
    const first = await createStudy({ ...options, name: "digits", storage: file() });
    await first.close();
    const error = await rejection(openStudy({ name: "digit", storage: file() }));
    expect(error.code).toBe("unknown-study");
    expect(error.message).toMatch(/Did you mean "digits"/);
  });
});

it("names what is wrong with the options", async () => {
  expect((await rejection(createStudy({ name: "s", space }))).message).toMatch(/at least one/);
  expect((await rejection(createStudy({ name: "a/b", minimize: "x", space }))).message).toMatch(/cannot name/);
  expect((await rejection(createStudy({ name: "s", minimize: "x", space, seed: -1 }))).message).toMatch(/whole number/);
  const wrong = createStudy({ name: "s", minimize: "x", space, sampler: "gridd" });
  expect((await rejection(wrong)).message).toMatch(/grid/);
});

describe("constraints and derived values", () => {
  it("honours where, as text and as a function, and gives functions the derived values", async () => {
    const study = await createStudy({
      name: "s",
      minimize: "loss",
      seed: 5,
      space: { epochs: int(1, 20), batch: choice([16, 32, 64]), steps: derived<number>("epochs * 640 / batch") },
      where: ["batch * epochs <= 512", (params) => params.epochs !== 3],
    });
    const seen: (number | undefined)[] = [];
    await study.optimize(
      ({ params }) => {
        seen.push(params.steps);
        expect(params.batch * params.epochs).toBeLessThanOrEqual(512);
        expect(params.epochs).not.toBe(3);
        return params.epochs;
      },
      { trials: 40 },
    );
    const trials = study.trials();
    expect(trials.map(({ state }) => state)).toEqual(Array(40).fill("complete"));
    expect(trials.map(({ params }) => Object.keys(params))).toEqual(Array(40).fill(["epochs", "batch"]));
    expect(seen).toEqual(trials.map(({ params }) => (Number(params.epochs) * 640) / Number(params.batch)));
    expect((await study.ask()).params.steps).toBeGreaterThan(0);
    expect((await study.replay()).differences).toEqual([]);
  });

  it("fails a trial whose derived value is no number, and goes on", async () => {
    const space = { n: int(0, 1), inverse: derived<number>("1 / n") };
    const study = await createStudy({ name: "s", minimize: "loss", seed: 1, space });
    await study.optimize(({ params }) => params.inverse ?? 0, { trials: 12, keepGoing: true });
    const outcomes = study.trials().map(({ params, outcome }) => [params.n, outcome]);
    expect(new Set(outcomes.map(String))).toEqual(new Set(["0,not-started", "1,ok"]));
  });

  it("puts constraints on a finished space too", async () => {
    const finished = defineSpace({ a: int(0, 9) }, { where: ["a > 2"] });
    const study = await createStudy({ name: "s", minimize: "loss", seed: 1, space: finished, where: ["a < 5"] });
    expect(study.space.where).toEqual(["a > 2", "a < 5"]);
  });
});

it("tries the values in use so far first, and a grid nothing but its cells", async () => {
  const space = { lr: float(1e-5, 1e-1, { log: true, default: 1e-3 }), layers: int(1, 6) };
  const study = await createStudy({ name: "defaults", minimize: "loss", space, seed: 2 });
  expect(study.notices).toEqual([]);
  await study.optimize(({ params }) => params.lr, { trials: 3 });
  expect(study.trials().map(({ params }) => params.lr === 1e-3)).toEqual([true, false, false]);
  expect((await study.replay()).differences).toEqual([]);
  const grid = { name: "grid", points: { lr: 2 } };
  const cells = await createStudy({ name: "cells", minimize: "loss", space, sampler: grid });
  expect(cells.trials()).toEqual([]);
  const where = ["lr < 0.0005"];
  const broken = await createStudy({ name: "broken", minimize: "loss", space, where });
  expect(broken.notices).toEqual([
    "The defaults are not tried first: they are inactive together, or break a constraint.",
  ]);
});
