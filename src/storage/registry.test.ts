import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openStorage, openStorageToLook, openStorageToServe, STORAGE_NAMES } from "./registry.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "attune-registry-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  ["a path", ""],
  ["a path behind its scheme", "sqlite:"],
  ["a path behind its scheme in capitals", "SQLite:"],
  ["a URL", "sqlite://"],
])("opens a file by %s", async (_, before) => {
  const file = path.join(folder, "a:b.db");
  await (await openStorage(`${before}${file}`)).close();
  expect(existsSync(file)).toBe(true);
});

it.each([":memory:", "memory:"])("opens memory by %s", async (name) => {
  const storage = await openStorage(name);
  expect(await storage.listStudies()).toEqual([]);
  await storage.close();
});

it.each([
  ["", "The storage is empty text; give a file such as"],
  ["memory", 'The storage "memory" may be two things'],
  ["postgres://me:pw@host/db", 'The storage "postgres://…@host/db" has the unknown scheme "postgres:".'],
  ["constructor:x", 'has the unknown scheme "constructor:"'],
])("refuses %j", async (location, words) => {
  const refused = openStorage(location);
  await expect(refused).rejects.toMatchObject({ code: "invalid-argument", message: expect.stringContaining(words) });
});

it("names what there is", () => expect(STORAGE_NAMES).toEqual(["memory", "sqlite"]));

it("opens for a server what is opened for others", async () => {
  const file = path.join(folder, "a.db");
  for (const location of [file, `sqlite:${file}`, ":memory:"]) {
    const storage = await openStorageToServe(location);
    expect([storage.location, await storage.listStudies()]).toEqual([location === ":memory:" ? location : file, []]);
    await storage.close();
  }
  await expect(openStorageToServe("")).rejects.toMatchObject({ code: "invalid-argument" });
});

it("opens a file without a thread for who looks once, and all else as ever", async () => {
  const file = path.join(folder, "a.db");
  const storages = [await openStorageToLook(file), await openStorageToLook(`sqlite:${file}`), await openStorage(file)];
  expect(storages.map(({ look }) => look !== undefined)).toEqual([true, true, false]);
  expect(storages.map(({ location }) => location)).toEqual([file, file, file]);
  for (const storage of storages) await storage.close();
  expect(await (await openStorageToLook(":memory:")).listStudies()).toEqual([]);
  for (const location of ["", "memory", "postgres:x"])
    await expect(openStorageToLook(location)).rejects.toMatchObject({ code: "invalid-argument" });
});

it("takes a letter and a colon for the beginning of a path, and shows no password of a scheme that it does not know", async () => {
  await expect(openStorage("C:/no/such/folder/study.db")).rejects.toMatchObject({ code: "storage-failed" });
  await expect(openStorage("ab:x")).rejects.toMatchObject({ data: { scheme: "ab" } });
  await expect(openStorage("my+sql://u:p@w@host/db")).rejects.not.toThrow("p@");
});
