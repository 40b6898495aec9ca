import { expect } from "vitest";
import { StorageConflict } from "../../errors.ts";
import type { Driver } from "./driver.testing.ts";

/** Expects a refusal that changes nothing. */
export async function expectConflict(driver: Driver, work: () => Promise<unknown>): Promise<void> {
  const before = await driver.storage.revision(driver.id);
  await expect(work()).rejects.toBeInstanceOf(StorageConflict);
  expect(await driver.storage.revision(driver.id)).toBe(before);
}

/** Expects an AttuneError with that code, and nothing changed. */
export async function expectError(driver: Driver, code: string, work: () => Promise<unknown>): Promise<void> {
  const before = await driver.storage.revision(driver.id);
  await expect(work()).rejects.toMatchObject({ name: "AttuneError", code });
  expect(await driver.storage.revision(driver.id)).toBe(before);
}
