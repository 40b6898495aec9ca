import { AttuneError } from "../errors.ts";
import { MemoryStorage } from "./memory/memory-storage.ts";
import type { Storage } from "./storage.ts";

/** Names of the storages that {@link openStorage} knows. */
export const STORAGE_NAMES: readonly string[] = ["memory"];

/** Opens the storage in memory, the only one in a browser; any other name is an AttuneError `invalid-argument`. */
export async function openStorage(location: string): Promise<Storage> {
  if (location === ":memory:" || location === "memory:") return new MemoryStorage();
  const message = `A browser cannot keep a study in "${location}"; give ":memory:", and save what study.trials() answers.`;
  throw new AttuneError("invalid-argument", message, { data: { location } });
}

/** The same: what lies in memory is looked at where it is. */
export async function openStorageToLook(location: string): Promise<Storage> {
  return await openStorage(location);
}

/** The same: nothing but this page asks it. */
export async function openStorageToServe(location: string): Promise<Storage> {
  return await openStorage(location);
}
