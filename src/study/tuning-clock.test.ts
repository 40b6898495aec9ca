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
