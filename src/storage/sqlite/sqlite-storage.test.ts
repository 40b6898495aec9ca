import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { storageContract } from "../storage.contract.ts";
import { SqliteStorage } from "./sqlite-storage.ts";

storageContract("sqlite", async () => {
  const folder = await mkdtemp(join(tmpdir(), "attune-sqlite-"));
  const opened: SqliteStorage[] = [];
  const another = async (): Promise<SqliteStorage> => {
    const storage = await SqliteStorage.open(join(folder, "study.db"));
    opened.push(storage);
    return storage;
  };
  const dispose = async (): Promise<void> => {
    await Promise.all(opened.map((storage) => storage.close()));
    await rm(folder, { recursive: true });
  };
  return { storage: await another(), another, dispose };
});
