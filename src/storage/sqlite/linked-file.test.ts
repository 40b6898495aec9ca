import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { linkedFile } from "./linked-file.ts";
import { SqliteStorage } from "./sqlite-storage.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-link-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (...names: readonly string[]): string => join(folder, ...names);

it("leaves a path that is no link as it is", () => {
  expect(linkedFile("some/attune.db")).toBe("some/attune.db");
});

it("makes the file that a link leads to, for its owner only", async () => {
  mkdirSync(at("disk"));
  symlinkSync("disk/study.db", at("second.db"));
  symlinkSync("second.db", at("first.db"));
  await (await SqliteStorage.open(at("first.db"))).close();
  expect(statSync(at("disk", "study.db")).mode & 0o777).toBe(0o600);
  expect(linkedFile(at("first.db"))).toBe(at("disk", "study.db"));
});

it("follows forty links in a row, as the system does, and not one more", () => {
  writeFileSync(at("0"), "storage");
  for (let link = 1; link <= 41; link++) symlinkSync(`${link - 1}`, at(`${link}`));
  expect(linkedFile(at("40"))).toBe(at("0"));
  expect(() => linkedFile(at("41"))).toThrow(
    `${at("41")} is a symbolic link that leads back to itself; name another file.`,
  );
});

it("refuses links that lead in a circle", async () => {
  symlinkSync("b.db", at("a.db"));
  symlinkSync("a.db", at("b.db"));
  await expect(SqliteStorage.open(at("a.db"))).rejects.toThrow("leads back to itself; name another file");
});
