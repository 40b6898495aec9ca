import { getEventListeners } from "node:events";
import { expect, it } from "vitest";
import { Driver } from "../contract/driver.testing.ts";
import { storageContract } from "../storage.contract.ts";
import { MemoryStorage, MemoryStore } from "./memory-storage.ts";

storageContract("memory", async () => {
  const store = new MemoryStore();
  const another = async () => new MemoryStorage(store);
  return { storage: await another(), another, dispose: async () => undefined };
});

it("shares its state, which an event that the study cannot take leaves as it was", async () => {
  const driver = await Driver.create(new MemoryStorage());
  const { living } = await driver.storage.load(driver.id);
  const enqueue = (x: number) =>
    driver.run({ type: "enqueue", params: { x }, origin: "enqueued", replicate: null } as const);
  await enqueue(0.5);
  expect(living!.nextWaiting()).toBe(0);
  await expect(driver.run({ type: "configure", settings: null as never, expectedVersion: 1 })).rejects.toThrow();
  expect(living!.revision).toBe(await driver.storage.revision(driver.id));
  await enqueue(0.25);
  expect(living!.trials().map(({ params }) => params)).toEqual([{ x: 0.5 }, { x: 0.25 }]);
});

it("listens to whoever may stop a wait for as long as it lasts", async () => {
  const driver = await Driver.create(new MemoryStorage());
  const over = new AbortController();
  const listeners = (): number => getEventListeners(over.signal, "abort").length;
  const waits = driver.storage.changed(driver.id, 1, over.signal);
  expect(listeners()).toBe(1);
  await driver.run({ type: "enqueue", params: { x: 1 }, origin: "user", replicate: null });
  await waits;
  expect(listeners()).toBe(0);
});
