import { SqliteStorage } from "./sqlite/sqlite-storage.ts";

/** Starts what opening a file needs, for who is about to open one most likely: it loads while the caller does something else. */
export function prepareStorage(): void {
  SqliteStorage.prepare();
}
