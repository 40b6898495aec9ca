import {
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { AttuneError } from "../../errors.ts";
import { sameFiles } from "./same-files.ts";

let folder = "";
let file = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-same-"));
  file = join(folder, "a.db");
  writeFileSync(file, "storage");
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

/** Another file under the same name: one that is removed before may get the number of its successor. */
function replace(name: string): void {
  writeFileSync(`${name}.new`, "another");
  renameSync(`${name}.new`, name);
}

function told(look: () => void): string {
  try {
    look();
    return "nothing";
  } catch (error) {
    if (!(error instanceof AttuneError)) throw error;
    expect(error.code).toBe("storage-failed");
    return error.message;
  }
}

const removed = (name: string) =>
  `${name} was removed or moved while it was in use, so nothing more can be kept in it. Put the file back and run the same command again; `;
const replaced = (name: string) =>
  `${name} was replaced by another file while it was in use, so nothing more can be kept in it. Put the file back and run the same command again; `;

it("is content while the files are what they were, whatever comes and goes beside them", () => {
  writeFileSync(`${file}-wal`, "log");
  const look = sameFiles(file);
  expect(told(look)).toBe("nothing");
  writeFileSync(join(folder, "other"), "");
  writeFileSync(file, "more of the storage");
  expect(told(look)).toBe("nothing");
  unlinkSync(join(folder, "other"));
  expect(told(look)).toBe("nothing");
});

it("says that the main file is gone, or is another one", () => {
  const [gone, other] = [sameFiles(file), sameFiles(file)];
  renameSync(file, `${file}.moved`);
  expect(told(gone)).toBe(`${removed(file)}without it the command begins anew.`);
  // Once more: it stays so.
  expect(told(gone)).toBe(`${removed(file)}without it the command begins anew.`);
  renameSync(`${file}.moved`, file);
  expect(told(other)).toBe("nothing");
  replace(file);
  expect(told(other)).toBe(`${replaced(file)}without it the command begins anew.`);
});

it("says that its log is gone, or is another one, where there was one", () => {
  const without = sameFiles(file);
  const wal = `${file}-wal`;
  writeFileSync(wal, "log");
  expect(told(without)).toBe("nothing");
  const look = sameFiles(file);
  replace(wal);
  const so = `without it, what ${file} holds is all but the last second.`;
  expect(told(look)).toBe(replaced(wal) + so);
  unlinkSync(wal);
  expect(told(look)).toBe(removed(wal) + so);
  expect(told(without)).toBe("nothing");
});

it("says that the folder is gone", () => {
  const look = sameFiles(file);
  rmSync(folder, { recursive: true });
  expect(told(look)).toContain("was removed or moved");
});

it("notices a link that is turned to another file, though nothing changes where the file lies", () => {
  const links = join(folder, "links");
  mkdirSync(links);
  const link = join(links, "study.db");
  symlinkSync(file, link);
  writeFileSync(`${file}-wal`, "log");
  const [looks, looksAtLog] = [sameFiles(link), sameFiles(link)];
  expect(told(looks)).toBe("nothing");
  writeFileSync(join(links, "other.db"), "another");
  symlinkSync("other.db", `${link}.new`);
  renameSync(`${link}.new`, link);
  expect(told(looks)).toBe(`${replaced(link)}without it the command begins anew.`);
  symlinkSync(file, `${link}.new`);
  renameSync(`${link}.new`, link);
  expect(told(looksAtLog)).toBe("nothing");
  unlinkSync(`${file}-wal`);
  expect(told(looksAtLog)).toContain(`${link}-wal was removed or moved`);
});

it("looks again after a second where the folder seems to be as it was, and not before", () => {
  let now = 5_000;
  vi.spyOn(performance, "now").mockImplementation(() => now);
  utimesSync(folder, 1, 1);
  const look = sameFiles(file);
  expect(told(look)).toBe("nothing");
  replace(file);
  utimesSync(folder, 1, 1);
  now = 5_999;
  expect(told(look)).toBe("nothing");
  now = 6_000;
  expect(told(look)).toContain("was replaced by another file");
});
