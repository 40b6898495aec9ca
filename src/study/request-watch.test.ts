import { expect, it } from "vitest";
import { float } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import { createStudy } from "./create-study.ts";
import { requestCommand, type StudyRequest } from "./person-requests.ts";
import { RequestWatch } from "./request-watch.ts";
import { StudyLog } from "./study-log.ts";

/** A watch, and what it told. */
async function watched() {
  const storage = await openStorage(":memory:");
  const study = await createStudy({ name: "s", minimize: "loss", space: { x: float(0, 1) }, storage });
  const log = await StudyLog.open(storage, study.id);
  const told: unknown[] = [];
  const watch = new RequestWatch(log, {
    stop: () => told.push("stop"),
    paused: (paused) => told.push(paused ? "pause" : "continue"),
    look: () => told.push("look"),
    fail: (error) => told.push(error),
  });
  const ask = async (request: StudyRequest) => void (await log.execute(requestCommand(request)));
  return { storage, study, log, told, watch, ask };
}

it("tells what is asked once it began, each once, and not what was asked before", async () => {
  const { log, told, watch, ask } = await watched();
  await ask("stop");
  watch.start();
  expect([told, watch.paused]).toEqual([[], false]);
  await ask("pause");
  expect([told.splice(0), watch.paused]).toEqual([["pause", "look"], true]);
  await ask("pause");
  expect(told.splice(0)).toEqual(["look"]);
  await ask("continue");
  expect([told.splice(0), watch.paused]).toEqual([["continue", "look"], false]);
  await ask("stop");
  expect(told.splice(0)).toEqual(["stop", "look"]);
  await log.execute({ type: "set-attribute", trial: null, system: false, key: "k", text: "1" });
  expect(told.splice(0)).toEqual(["look"]);
  await log.execute({ type: "enqueue", params: { x: 0.5 }, origin: "enqueued", replicate: null });
  expect(told).toEqual([]);
  watch.close();
  await ask("stop");
  expect(told).toEqual([]);
});

it("is paused from its beginning where that was asked before", async () => {
  const { told, watch, ask } = await watched();
  await ask("pause");
  watch.start();
  expect([told.splice(0), watch.paused]).toEqual([["pause"], true]);
  await ask("stop");
  expect([told, watch.paused]).toEqual([["continue", "stop", "look"], false]);
  watch.close();
});

it("closes though it never began", async () => {
  const { watch } = await watched();
  expect(watch.close()).toBe(undefined);
});

it("reads what others asked by itself, and tells what fails at that", async () => {
  const { storage, study, log, told, watch } = await watched();
  watch.start();
  let reads = 0;
  const read = storage.read.bind(storage);
  storage.read = (...args) => {
    reads += 1;
    return read(...args);
  };
  await study.request("pause");
  reads = 0;
  await expect.poll(() => told, { timeout: 5_000 }).toEqual(["pause", "look"]);
  expect(reads).toBe(1);
  log.close();
  await study.enqueue({ x: 0.1 });
  await expect.poll(() => told.length, { timeout: 5_000 }).toBeGreaterThan(2);
  expect(String(told[2])).toContain("was closed");
  watch.close();
  expect(watch.paused).toBe(true);
});
