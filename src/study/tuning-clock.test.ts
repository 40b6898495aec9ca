import { expect, it } from "vitest";
import { float } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import { createStudy } from "./create-study.ts";
import { StudyLog } from "./study-log.ts";
import { TuningClock } from "./tuning-clock.ts";

/** A log whose ledger answers when it is let, and tells when it was asked. */
async function slowLedger() {
  const storage = await openStorage(":memory:");
  const study = await createStudy({ name: "s", minimize: "loss", storage, space: { x: float(0, 1) } });
  const log = await StudyLog.open(storage, study.id);
  const calls: { readonly answer: () => void }[] = [];
  let called = Promise.withResolvers<void>();
  const own = storage.addTuningTime.bind(storage);
  storage.addTuningTime = async (id, elapsed) => {
    const gate = Promise.withResolvers<void>();
    calls.push({ answer: gate.resolve });
    called.resolve();
    called = Promise.withResolvers();
    await gate.promise;
    return await own(id, elapsed);
  };
  const asked = async (times: number): Promise<void> => {
    while (calls.length < times) await called.promise;
  };
  return { log, calls, asked };
}

const fail = (error: unknown): never => {
  throw error;
};

it("stops with the run, also when the storage answers a tick after that", async () => {
  const { log, calls, asked } = await slowLedger();
  const limits: string[] = [];
  const clock = new TuningClock(log, 1, () => limits.push("limit"), fail);
  const started = clock.start();
  calls[0]!.answer();
  await started;
  await asked(2);
  const stopped = clock.stop();
  calls[1]!.answer();
  await asked(3);
  calls[2]!.answer();
  await stopped;
  await new Promise((resolve) => setImmediate(resolve));
  expect(calls).toHaveLength(3);
  expect(limits).toEqual([]);
});

it("adds what passed since the last tick when it stops: a run shorter than a tick counts too", async () => {
  const storage = await openStorage(":memory:");
  const study = await createStudy({ name: "s", minimize: "loss", storage, space: { x: float(0, 1) } });
  const log = await StudyLog.open(storage, study.id);
  const added: number[] = [];
  const own = storage.addTuningTime.bind(storage);
  storage.addTuningTime = async (id, elapsed) => {
    added.push(elapsed);
    return await own(id, elapsed);
  };
  const clock = new TuningClock(log, Number.POSITIVE_INFINITY, () => undefined, fail);
  const begun = performance.now();
  await clock.start();
  while (performance.now() - begun < 30);
  await clock.stop();
  const most = performance.now() - begun;
  const sum = added.reduce((a, b) => a + b, 0);
  expect(sum).toBeGreaterThan(20);
  expect(sum).toBeLessThanOrEqual(most);
  await storage.close();
});

it.each([
  [1000, true],
  [1001, false],
  [999, true],
] as const)("says at once that a limit of %d ms is reached after a second, or not: %j", async (limit, isReached) => {
  const storage = await openStorage(":memory:");
  const study = await createStudy({ name: "s", minimize: "loss", storage, space: { x: float(0, 1) } });
  await storage.addTuningTime(study.id, 1000);
  const log = await StudyLog.open(storage, study.id);
  const limits: string[] = [];
  const clock = new TuningClock(log, limit, () => limits.push("limit"), fail);
  await clock.start();
  expect(limits).toEqual(isReached ? ["limit"] : []);
  if (!isReached) await expect.poll(() => limits, { timeout: 10_000 }).toEqual(["limit"]);
  await clock.stop();
  expect(limits).toEqual(["limit"]);
});

it("ticks about once a second until it is stopped, listens to signals no longer, and tells what fails", async () => {
  const storage = await openStorage(":memory:");
  const study = await createStudy({ name: "s", minimize: "loss", storage, space: { x: float(0, 1) } });
  const log = await StudyLog.open(storage, study.id);
  const added: number[] = [];
  const own = storage.addTuningTime.bind(storage);
  storage.addTuningTime = async (id, elapsed) => {
    added.push(elapsed);
    if (added.length > 3) throw new Error("no disk");
    return await own(id, elapsed);
  };
  const errors: string[] = [];
  const listeners = process.listenerCount("SIGCONT");
  const clock = new TuningClock(
    log,
    Number.POSITIVE_INFINITY,
    () => expect.fail(),
    (error) => errors.push(String(error)),
  );
  await clock.start();
  expect([added, process.listenerCount("SIGCONT")]).toEqual([[0], listeners + 1]);
  for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
  expect(added).toEqual([0]);
  await expect.poll(() => errors, { timeout: 20_000 }).toEqual(["Error: no disk"]);
  expect(added).toHaveLength(4);
  // Each tick adds its own time.
  for (const elapsed of added.slice(1)) expect(elapsed).toBeGreaterThan(900);
  await expect(clock.stop()).rejects.toThrow("no disk");
  expect(process.listenerCount("SIGCONT")).toBe(listeners);
});

it.each([
  ["counts the time in which a function kept the thread busy", false],
  ["does not count the time in which the process was stopped", true],
])("%s", async (_what, stopped) => {
  const storage = await openStorage(":memory:");
  const study = await createStudy({ name: "s", minimize: "loss", storage, space: { x: float(0, 1) } });
  const log = await StudyLog.open(storage, study.id);
  const clock = new TuningClock(log, Number.POSITIVE_INFINITY, () => undefined, fail);
  await clock.start();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2500);
  // As after a stop: what is overdue runs before the signal is told.
  if (stopped) setTimeout(() => process.emit("SIGCONT"), 0);
  await clock.stop();
  const total = await storage.addTuningTime(study.id, 0);
  if (stopped) expect(total).toBeLessThanOrEqual(1000);
  else expect(total).toBeGreaterThanOrEqual(2490);
});
