import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { StudyCommand } from "../../trial/command.ts";
import { definition } from "../contract/driver.testing.ts";
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

describe("a file of its own", () => {
  let folder = "";
  let storage: SqliteStorage;
  let study = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "attune-sqlite-"));
    storage = await SqliteStorage.open(join(folder, "study.db"));
    ({ id: study } = await storage.createStudy(definition("a")));
  });
  afterEach(async () => {
    await storage.close();
    await rm(folder, { recursive: true });
  });

  it("is copied with all that is committed, and over nothing that is there", async () => {
    const to = join(folder, "copy.db");
    await storage.copy(to);
    const copy = await SqliteStorage.open(to);
    expect(await copy.findStudy("a")).toMatchObject({ name: "a" });
    await copy.close();
    await expect(storage.copy(to)).rejects.toMatchObject({ code: "invalid-argument" });
  });

  it("refuses by its name what cannot be sent to its thread", async () => {
    const command = { type: "enqueue", params: { x: () => 1 } } as unknown as StudyCommand;
    await expect(storage.execute(study, command, 0)).rejects.toThrow('The command "enqueue" cannot be kept');
  });
});
