import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openStorage, STORAGE_NAMES } from "./registry.ts";

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
