import { expect, it } from "vitest";
import { stateHead } from "../trial/evolve/snapshot.ts";
import { StudyState } from "../trial/study-state.ts";
import { Driver } from "./contract/driver.testing.ts";
import { MemoryStorage } from "./memory/memory-storage.ts";
import { partsOfHead, partsOfState } from "./study-parts.ts";

it("are the same of a study and of its snapshot's head", async () => {
  const driver = await Driver.create(new MemoryStorage());
  await driver.claim("t");
  await driver.finish(0, "t");
  const parts = partsOfState(driver.state);
  expect(parts).toMatchObject({ metrics: [{ name: "loss" }], trials: 1, trialsSpent: 1 });
  expect(partsOfHead(stateHead(driver.state))).toEqual(parts);
});

it("are not told by a head of another format, or one of before the study was described", async () => {
  const driver = await Driver.create(new MemoryStorage());
  const head = stateHead(driver.state) as Record<string, never>;
  expect(partsOfHead(head)).not.toBeNull();
  expect(partsOfHead({ ...head, format: -1 })).toBeNull();
  expect(partsOfHead({ ...head, definition: null })).toBeNull();
  expect(partsOfHead({ ...head, settings: [] })).toBeNull();
  expect(partsOfHead({ ...head, spaces: [] })).toBeNull();
  expect(partsOfHead(stateHead(new StudyState()))).toBeNull();
});
