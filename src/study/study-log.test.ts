import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { float } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import { createStudy } from "./create-study.ts";
import { StudyLog } from "./study-log.ts";

/** Two views of one study, as of two processes. */
async function logs() {
  const storage = await openStorage(":memory:");
  const study = await createStudy({
    name: "s",
    minimize: "loss",
    space: { x: float(0, 1) },
    sampler: "random",
    storage,
  });
  await study.optimize(() => 1, { trials: 2 });
  return { study, log: await StudyLog.open(storage, study.id) };
}

it("tells its followers each event once and in order, and nothing where there is no news", async () => {
  const { study, log } = await logs();
  const told: (readonly number[])[] = [];
  const stop = log.follow((news) => told.push(news.map(({ revision }) => revision)));
  const first = log.revision;
  await log.refresh();
  expect(told).toEqual([]);
  await study.enqueue({ x: 0.5 });
  await Promise.all([log.refresh(), log.refresh()]);
  await log.execute({ type: "invalidate", trial: 0, reason: null });
  expect(told.flat()).toEqual(Array.from({ length: log.revision - first }, (_, k) => first + 1 + k));
  stop();
  await log.execute({ type: "restore", trial: 0 });
  expect(told.flat().at(-1)).toBe(log.revision - 1);
});

it("waits for news until there is some, until it is woken, or for its time", async () => {
  const { study, log } = await logs();
  const after = log.revision;
  const waiting = log.news(after, 60_000);
  await study.enqueue({ x: 0.5 });
  await waiting;
  expect(log.revision).toBeGreaterThan(after);
  await log.news(after, 60_000);
  await log.news(log.revision, 1);
  await log.news(log.revision, 60_000, Promise.resolve());
  expect(log.revision).toBe(await log.storage.revision(log.id));
});

it("knows when something was hidden or shown again, and when a sampler may have more to suggest", async () => {
  const { study, log } = await logs();
  expect(log.overlaidAt).toBe(0);
  const ended = log.movedAt;
  expect(ended).toBeGreaterThan(0);
  const trial = await study.ask();
  await trial.report(1, 0.5);
  await log.refresh();
  const asked = log.movedAt;
  expect(asked).toBeLessThan(log.revision);
  await log.execute({ type: "invalidate", trial: 0, reason: null });
  expect([log.overlaidAt, log.movedAt]).toEqual([log.revision, log.revision]);
  await study.tell(trial, 1);
  await log.refresh();
  expect(log.movedAt).toBe(log.revision);
  expect(log.overlaidAt).toBeLessThan(log.revision);
});

it("reads nothing more once it is closed, and keeps what was read", async () => {
  const { log } = await logs();
  log.close();
  expect(log.isClosed).toBe(true);
  await expect(log.refresh()).rejects.toThrow('Study "s" was closed');
  await expect(log.execute({ type: "restore", trial: 0 })).rejects.toThrow('Study "s" was closed');
  expect(log.trial(1).state).toBe("complete");
  expect(() => log.trial(2)).toThrow('Study "s" has no trial 2; it has trials 0 to 1.');
});

it("tells its followers of what the state that it shares knows already, and views the history as of what it was told", async () => {
  const { study, log } = await logs();
  const { revision } = log;
  const told: number[] = [];
  log.follow((news) => told.push(...news.map((one) => one.revision)));
  expect(log.history.view().columns.trial.length).toBeGreaterThanOrEqual(2);
  await study.optimize(() => 2, { trials: 3 });
  expect([log.state.nextNumber, log.revision]).toEqual([3, revision]);
  expect(log.history.view(log.revision).columns.values.loss!.slice(0, 2)).toEqual(Float64Array.of(1, 1));
  await log.refresh();
  expect(told).toEqual(Array.from({ length: log.revision - revision }, (_, k) => revision + 1 + k));
  expect([...log.history.view().columns.values.loss!.slice(0, 3)]).toEqual([1, 1, 2]);
});

it("waits as long as there is no news, and then for the storage no more", async () => {
  const { study, log } = await logs();
  const signals: AbortSignal[] = [];
  const changed = log.storage.changed.bind(log.storage);
  log.storage.changed = (id, after, signal) => {
    signals.push(signal!);
    return changed(id, after, signal);
  };
  let isOver = false;
  const waiting = log.news(log.revision, 60_000, new Promise(() => undefined)).then(() => {
    isOver = true;
  });
  for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
  expect([isOver, signals.map(({ aborted }) => aborted)]).toEqual([false, [false]]);
  await study.enqueue({ x: 0.5 });
  await waiting;
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
});

it("names the trials that were hidden or shown again since a revision, each once", async () => {
  const { log } = await logs();
  const revisions: number[] = [];
  for (const [type, trial] of [
    ["invalidate", 0],
    ["invalidate", 1],
    ["restore", 0],
  ] as const) {
    await log.execute(type === "restore" ? { type, trial } : { type, trial, reason: null });
    revisions.push(log.revision);
  }
  const [first, second, third] = revisions as [number, number, number];
  expect(log.overlaidSince(first - 1)).toEqual([0, 1]);
  expect(log.overlaidSince(first)).toEqual([1, 0]);
  expect(log.overlaidSince(second)).toEqual([0]);
  expect(log.overlaidSince(third)).toEqual([]);
  expect(log.overlaidAt).toBe(third);
});

it("knows the parameters that programs asked for, and suggests for all of them by one suggester", async () => {
  const { study, log } = await logs();
  expect([log.asked, log.parameterAt("y")]).toEqual([[], null]);
  const trial = await study.ask();
  trial.float("y", 0, 2);
  await study.tell(trial, 1);
  await log.refresh();
  expect(log.asked.map(({ name }) => name)).toEqual(["y"]);
  expect(log.parameterAt("y")).toMatchObject({ name: "y", high: 2 });
  expect(log.parameterAt("x")).toBe(null);
  expect(log.suggester).toBe(log.suggester);
});

it("has the events of a command whose disk is still awaited, and refuses that once it is closed too", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "attune-log-"));
  const storage = await openStorage(path.join(folder, "attune.db"));
  const study = await createStudy({ name: "s", minimize: "loss", space: { x: float(0, 1) }, storage });
  const log = await StudyLog.open(storage, study.id);
  expect(log.state.nextNumber).toBe(0);
  const enqueue = { type: "enqueue", params: { x: 0.5 }, origin: "enqueued", replicate: null } as const;
  const { result, kept } = await log.executeSoon(enqueue);
  expect([result.number, log.state.nextNumber]).toEqual([0, 1]);
  expect(kept).not.toBe(null);
  await kept;
  let soon = 0;
  const executeSoon = storage.executeSoon!.bind(storage);
  storage.executeSoon = (...args) => {
    soon += 1;
    return executeSoon(...args);
  };
  expect((await log.resultSoon(enqueue)).number).toBe(1);
  expect([soon, log.state.nextNumber]).toEqual([1, 2]);
  log.close();
  await expect(log.executeSoon(enqueue)).rejects.toThrow('Study "s" was closed');
  await storage.close();
  rmSync(folder, { recursive: true });
  const { log: inMemory } = await logs();
  expect((await inMemory.executeSoon(enqueue)).kept).toBe(null);
  expect((await inMemory.resultSoon(enqueue)).number).toBe(3);
});

it("begins with what moved and was hidden before it was opened", async () => {
  const { study, log } = await logs();
  await study.invalidate(1);
  await log.refresh();
  const again = await StudyLog.open(log.storage, log.id);
  expect([again.overlaidAt, again.movedAt]).toEqual([log.overlaidAt, log.movedAt]);
  expect(again.overlaidSince(0)).toEqual([1]);
});
