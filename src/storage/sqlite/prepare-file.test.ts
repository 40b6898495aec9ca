import fs, { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { prepareFile } from "./prepare-file.ts";

const { linkSync } = fs;
let folder = "";
let file = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-prepare-"));
  file = join(folder, "a.db");
});
afterEach(() => {
  fs.linkSync = linkSync;
  syncBuiltinESMExports();
  rmSync(folder, { recursive: true });
});

function linksBy(link: typeof linkSync): void {
  fs.linkSync = link;
  syncBuiltinESMExports();
}

const refused = (code: string) => (): never => {
  throw Object.assign(new Error("no link"), { code });
};

it("makes an empty file for its owner alone, also where there are no hard links, and leaves nothing beside it", () => {
  for (const link of [linkSync, refused("EPERM"), refused("ENOTSUP")]) {
    linksBy(link);
    expect(prepareFile(file)).toBe(file);
    expect(readdirSync(folder)).toEqual(["a.db"]);
    expect([statSync(file).mode & 0o777, statSync(file).size]).toEqual([0o600, 0]);
    rmSync(file);
  }
});

it("leaves a file that another process made meanwhile as it is", () => {
  linksBy((aside, to) => {
    writeFileSync(to, "another's");
    chmodSync(to, 0o640);
    linkSync(aside, to);
  });
  expect(prepareFile(file)).toBe(file);
  expect(readdirSync(folder)).toEqual(["a.db"]);
  expect([statSync(file).mode & 0o777, readFileSync(file, "utf8")]).toEqual([0o640, "another's"]);
});

it("leaves a file that is there as it is, with a log or without", () => {
  writeFileSync(file, "storage");
  writeFileSync(`${file}-wal`, "log");
  chmodSync(file, 0o644);
  expect(prepareFile(file)).toBe(file);
  expect([statSync(file).mode & 0o777, readFileSync(file, "utf8")]).toEqual([0o644, "storage"]);
});

it("begins anew beside a log that holds nothing, and beside none that holds something", () => {
  writeFileSync(`${file}-wal`, "");
  expect(prepareFile(file)).toBe(file);
  writeFileSync(`${file}-wal`, "l");
  const sentence = (what: string): string =>
    `${file} ${what}, but ${file}-wal holds the newest part of a storage of that name. Put the file back beside it, or move ` +
    `${file}-wal away to begin anew.`;
  expect(() => prepareFile(file)).toThrow(sentence("is empty"));
  rmSync(file);
  expect(() => prepareFile(file)).toThrow(sentence("is not there"));
  expect(readdirSync(folder)).toEqual(["a.db-wal"]);
});

it("refuses what is no file, and a place that is none", () => {
  expect(() => prepareFile(folder)).toThrow(`${folder} is a folder; name a file in it, such as ${folder}/attune.db.`);
  expect(() => prepareFile("/dev/null")).toThrow("/dev/null is not a plain file; name a file, such as attune.db.");
  writeFileSync(file, "storage");
  expect(() => prepareFile(join(folder, "no", "b.db"))).toThrow(
    `The folder ${join(folder, "no")} does not exist; create it, or name another file.`,
  );
});
