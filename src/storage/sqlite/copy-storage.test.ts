import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, it } from "vitest";
import { copyStorage } from "./copy-storage.ts";

let folder = "";
let database: DatabaseSync;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-copy-"));
  database = new DatabaseSync(join(folder, "a.db"));
  database.exec("PRAGMA journal_mode = WAL; CREATE TABLE a (n); INSERT INTO a VALUES (1), (2)");
});
afterEach(() => {
  if (database.isOpen) database.close();
  rmSync(folder, { recursive: true });
});
const own = ["a.db", "a.db-shm", "a.db-wal"];

it("writes all that is committed into a file that its owner alone can read, and leaves nothing beside it", async () => {
  const to = join(folder, "copy.db");
  await copyStorage(database, to);
  expect(readdirSync(folder).sort()).toEqual([...own, "copy.db"]);
  expect(statSync(to).mode & 0o777).toBe(0o600);
  database.exec("INSERT INTO a VALUES (3)");
  const copy = new DatabaseSync(to, { readOnly: true });
  expect(copy.prepare("SELECT n FROM a").all()).toEqual([{ n: 1 }, { n: 2 }]);
  copy.close();
});

it("touches nothing that is there already", async () => {
  const to = join(folder, "copy.db");
  writeFileSync(to, "mine");
  const words = `${to} is there already; name another file for the copy.`;
  await expect(copyStorage(database, to)).rejects.toMatchObject({ code: "invalid-argument", message: words });
  expect(readFileSync(to, "utf8")).toBe("mine");
  expect(readdirSync(folder).sort()).toEqual([...own, "copy.db"]);
});

it("touches nothing that comes to be there meanwhile", async () => {
  const to = join(folder, "copy.db");
  const copied = copyStorage(database, to);
  writeFileSync(to, "mine");
  await expect(copied).rejects.toMatchObject({ code: "invalid-argument" });
  expect(readFileSync(to, "utf8")).toBe("mine");
  expect(readdirSync(folder).sort()).toEqual([...own, "copy.db"]);
});

it("leaves nothing behind where it fails", async () => {
  database.close();
  const to = join(folder, "copy.db");
  await expect(copyStorage(database, to)).rejects.toThrow(/database is not open/);
  expect(existsSync(to)).toBe(false);
  expect(readdirSync(folder).filter((name) => name.includes("copy"))).toEqual([]);
  await expect(copyStorage(database, join(folder, "no", "folder", "copy.db"))).rejects.toMatchObject({
    code: "ENOENT",
  });
});
