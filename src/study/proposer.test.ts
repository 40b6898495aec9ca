import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { float, int } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import type { StudyCommand } from "../trial/command.ts";
import { createStudy } from "./create-study.ts";
import { leasedOwner } from "./new-owner.ts";
import { Proposer } from "./proposer.ts";
import { StudyLog } from "./study-log.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-proposer-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("needs no reservation when workers ask at once for suggestions that depend on no history", async () => {
  const storage = await openStorage(join(folder, "attune.db"));
  const study = await createStudy({
    name: "s",
    minimize: "loss",
    space: { x: float(0, 1) },
    storage,
    sampler: "random",
  });
  await study.optimize(({ params }) => params.x, { trials: 80, workers: 8 });
  const types = (await storage.read(study.id, 0)).map(({ event }) => event.type);
  expect(types.filter((type) => type === "proposed").length).toBe(80);
  // A claim that crosses another's answer may miss its number; without order among them nearly all would.
  expect(types.filter((type) => type === "reserved").length).toBeLessThan(8);
  await storage.close();
});

it("asks a sampler that has no more only once while others still run", async () => {
  const storage = await openStorage(":memory:");
  const space = { x: int(0, 5) };
  const study = await createStudy({ name: "s", minimize: "loss", space, storage, sampler: "grid" });
  const last = Promise.withResolvers<void>();
  const running = study.optimize(
    async ({ params, report }) => {
      if (params.x === 5) {
        await expect.poll(() => study.trials().filter(({ state }) => state === "complete").length).toBe(5);
        for (let step = 0; step < 100; step++) {
          await new Promise(setImmediate);
          await report(step, 1);
        }
        last.resolve();
      }
      return params.x;
    },
    { workers: 4 },
  );
  await last.promise;
  expect(await running).toMatchObject({ reason: "exhausted", trialsSpent: 6 });
  const types = (await storage.read(study.id, 0)).map(({ event }) => event.type);
  // Once for each trial, and for each end of one that left a worker without another, at most.
  expect(types.filter((type) => type === "reserved").length).toBeLessThanOrEqual(12);
  await storage.close();
});

it("takes over the reservation of a process that stands still once its lease has run out", async () => {
  const storage = await openStorage(":memory:");
  const study = await createStudy({ name: "s", minimize: "loss", space: { x: float(0, 1) }, storage, sampler: "tpe" });
  const proposer = leasedOwner("stopped");
  const reserve = { type: "reserve", proposer, count: 1, limit: null, evidence: null } as const;
  expect((await storage.execute(study.id, reserve, 0)).result).toMatchObject({ kind: "reserved" });
  const asked = study.ask();
  await storage.renew(study.id, [proposer.token], 0);
  expect((await asked).number).toBe(0);
  const release = storage.execute(study.id, { type: "release", token: proposer.token }, 0);
  await expect(release).rejects.toThrow("another proposer took it over");
  await storage.close();
});

it("claims the trials of one proposal side by side, so that one transaction takes them", async () => {
  const storage = await openStorage(":memory:");
  const execute = storage.execute.bind(storage);
  let underWay = 0;
  let most = 0;
  storage.execute = async (id, command, known) => {
    if (command.type === "claim") most = Math.max(most, ++underWay);
    await new Promise(setImmediate);
    return await execute(id, command, known).finally(() => {
      if (command.type === "claim") underWay -= 1;
    });
  };
  const study = await createStudy({ name: "s", minimize: "loss", space: { x: float(0, 1) }, storage, sampler: "tpe" });
  const { trialsSpent } = await study.optimize(({ params }) => params.x, { trials: 60, workers: 16 });
  expect(trialsSpent).toBe(60);
  expect(most).toBeGreaterThan(3);
  expect(await study.replay()).toMatchObject({ checked: 60, differences: [] });
  await storage.close();
});

it("goes on without reservations after a trial that somebody put in between while many were asked for", async () => {
  const storage = await openStorage(join(folder, "attune.db"));
  const space = { x: float(0, 1) };
  const study = await createStudy({ name: "s", minimize: "loss", space, storage, sampler: "random" });
  const numbers: number[] = [];
  for (let round = 0; round < 5; round++) {
    const asked = Array.from({ length: 8 }, () => study.ask());
    asked.splice(
      4,
      0,
      study.enqueue({ x: round / 5 }).then(() => study.ask()),
    );
    asked.push(...Array.from({ length: 8 }, () => study.ask()));
    numbers.push(...(await Promise.all(asked)).map(({ number }) => number));
  }
  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 85 }, (_, k) => k));
  const types = (await storage.read(study.id, 0)).map(({ event }) => event.type);
  expect(types.filter((type) => type === "reserved").length).toBeLessThan(8);
  expect(await study.replay()).toMatchObject({ differences: [] });
  await storage.close();
});

/** A proposer, with the commands that it gave. */
async function proposing(sampler: string, place = ":memory:") {
  const storage = await openStorage(place);
  const space = { x: float(0, 1) };
  const study = await createStudy({ name: "s", minimize: "loss", space, storage, sampler, seed: 1 });
  const log = await StudyLog.open(storage, study.id);
  const commands: StudyCommand[] = [];
  let soon = 0;
  const { execute, executeSoon } = storage;
  storage.execute = (id, command, known) => {
    commands.push(command);
    return execute.call(storage, id, command, known) as never;
  };
  if (executeSoon !== undefined)
    storage.executeSoon = (id, command, known) => {
      soon += 1;
      return executeSoon.call(storage, id, command, known) as never;
    };
  const proposer = new Proposer(log);
  const next = (more: object = {}, isSoon?: boolean) =>
    proposer.next({ owner: leasedOwner("0"), limit: null, until: null, ...more }, isSoon);
  const told = () => commands.splice(0);
  return { storage, study, log, next, told, soon: () => soon };
}

const numberOf = (command: StudyCommand) => (command.type === "claim" ? (command.candidate?.number ?? null) : null);

it("takes each of many that are asked for at once by one claim, with numbers that follow each other", async () => {
  const { study, next, told } = await proposing("random");
  const trials = await Promise.all(Array.from({ length: 8 }, () => next()));
  expect(trials.map((trial) => trial.kind === "trial" && trial.trial)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  const first = told();
  expect(first.map(({ type }) => type)).toEqual(Array(8).fill("claim"));
  expect(first.map(numberOf)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  await next();
  expect(told().map(numberOf)).toEqual([8]);
  // Somebody else's trial waits: it is taken without a candidate, and the numbers begin anew behind it.
  await study.enqueue({ x: 0.5 });
  told();
  expect(await next()).toMatchObject({ kind: "trial", trial: 9 });
  await Promise.all([next(), next()]);
  const last = told();
  expect(last.map(({ type }) => type)).not.toContain("reserve");
  expect(last.map(numberOf).slice(-2)).toEqual([10, 11]);
});

it("goes on with the numbers that there are after a claim that failed", async () => {
  const { storage, next, told } = await proposing("random");
  await next();
  const { execute } = storage;
  storage.execute = async () => await Promise.reject(new Error("no disk"));
  await expect(Promise.all([next(), next()])).rejects.toThrow("no disk");
  storage.execute = execute;
  told();
  expect(await next()).toMatchObject({ trial: 1 });
  expect(told().map(numberOf)).toEqual([1]);
});

it("reserves once for all that wait for a sampler that looks at the history, and hands them out side by side", async () => {
  const { study, next, told } = await proposing("tpe");
  const trials = await Promise.all(Array.from({ length: 5 }, () => next()));
  expect(trials.map((trial) => trial.kind === "trial" && trial.trial).toSorted()).toEqual([0, 1, 2, 3, 4]);
  const commands = told();
  expect(commands.map(({ type }) => type)).toEqual(["reserve", "commit", ...Array(4).fill("claim")]);
  expect(commands[0]).toMatchObject({ count: 5, limit: null, evidence: null });
  expect(commands.slice(2).map(numberOf)).toEqual([null, null, null, null]);
  await study.refresh();
  expect(study.trials().map(({ suggestion }) => suggestion?.batchFirst)).toEqual([0, 0, 0, 0, 0]);
  await next();
  expect(told().map(({ type }) => type)).toEqual(["reserve", "commit"]);
  // What is left of a purse is looked at with the trial's steps, which a reservation does not know.
  expect(await next({ purse: { steps: 100 } })).toMatchObject({ kind: "wait" });
  expect(told().map(({ type }) => type)).toEqual(["claim"]);
});

it("sends the claims of a proposal's trials behind it, without waiting for its answer", async () => {
  const { storage, next } = await proposing("tpe");
  const order: string[] = [];
  const { execute } = storage;
  storage.execute = async (id, command, known) => {
    order.push(command.type);
    const answer = await execute.call(storage, id, command, known);
    await new Promise(setImmediate);
    order.push(`${command.type} answered`);
    return answer as never;
  };
  const trials = await Promise.all(Array.from({ length: 3 }, () => next()));
  expect(trials.map((trial) => trial.kind === "trial" && trial.trial)).toEqual([0, 1, 2]);
  expect(order).toEqual([
    ...["reserve", "reserve answered", "commit", "claim", "claim"],
    ...["commit answered", "claim answered", "claim answered"],
  ]);
});

it("finds other trials for all whose proposal came to nothing", async () => {
  const { storage, study, next, told } = await proposing("tpe");
  const { execute } = storage;
  let put = 0;
  storage.execute = (id, command, known) => {
    // Takes the number that is proposed.
    if (command.type === "commit" && put++ === 0) void study.enqueue({ x: 0.5 });
    return execute.call(storage, id, command, known) as never;
  };
  const trials = await Promise.all(Array.from({ length: 4 }, () => next()));
  expect(trials.map((trial) => trial.kind === "trial" && trial.trial).toSorted()).toEqual([0, 1, 2, 3]);
  expect(told().filter(({ type }) => type === "commit").length).toBe(2);
  await study.refresh();
  expect(study.trials().map(({ origin }) => origin)).toEqual(["enqueued", "sampler", "sampler", "sampler"]);
  expect(await study.replay()).toMatchObject({ differences: [] });
});

it("tells samplers how many trials are left, where that is limited, and keeps to it", async () => {
  const { study, next } = await proposing("tpe");
  for (const limit of [null, 4, 4, 3]) await next({ limit });
  await study.refresh();
  const trials = study.trials();
  expect(trials.map(({ suggestion }) => suggestion!.inputs)).toEqual([{}, { remaining: 4 }, { remaining: 4 }]);
  await study.tell(trials[0]!.number, 1, { token: trials[0]!.segments[0]!.attempts[0]!.owner.token });
  expect(await next({ limit: 3 })).toMatchObject({ kind: "wait" });
});

it("waits for the disk unless it is told that nobody hears of it before", async () => {
  for (const sampler of ["random", "tpe"]) {
    const { storage, next, soon } = await proposing(sampler, join(folder, `${sampler}.db`));
    await next();
    expect(soon()).toBe(0);
    await next({}, true);
    expect(soon()).toBe(sampler === "random" ? 1 : 2);
    await storage.close();
  }
});
