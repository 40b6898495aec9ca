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
