import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { makeFolders } from "./make-folders.ts";

it("makes what is missing, for nobody else, and leaves what is there as it is", () => {
  const folder = mkdtempSync(join(tmpdir(), "attune-"));
  makeFolders(join(folder, "a", "b", "c"));
  for (const path of ["a", "a/b", "a/b/c"]) expect(statSync(join(folder, path)).mode & 0o777).toBe(0o700);
  chmodSync(join(folder, "a"), 0o755);
  makeFolders(join(folder, "a"));
  expect(statSync(join(folder, "a")).mode & 0o777).toBe(0o755);
  symlinkSync("a", join(folder, "link"));
  makeFolders(join(folder, "link", "d"));
  expect(statSync(join(folder, "a", "d")).isDirectory()).toBe(true);
});

it("says why it could not", () => {
  const folder = mkdtempSync(join(tmpdir(), "attune-"));
  writeFileSync(join(folder, "file"), "");
  symlinkSync("nowhere", join(folder, "link"));
  expect(() => makeFolders(join(folder, "file"))).toThrow(/EEXIST/);
  expect(() => makeFolders(join(folder, "file", "below"))).toThrow(/ENOTDIR/);
  expect(() => makeFolders(join(folder, "link"))).toThrow(/EEXIST/);
});

it("ends in a working folder that was removed", () => {
  const folder = mkdtempSync(join(tmpdir(), "attune-"));
  const url = new URL("./make-folders.ts", import.meta.url).href;
  const script = `const { makeFolders } = await import(${JSON.stringify(url)});
    require("node:fs").rmdirSync(${JSON.stringify(folder)});
    for (const path of ["a", "a/b/c"]) try { makeFolders(path); } catch (error) { console.log(error.code); }`;
  const wrapped = `(async () => { ${script} })()`;
  expect(execFileSync(process.execPath, ["-e", wrapped], { cwd: folder, encoding: "utf8" })).toBe("ENOENT\nENOENT\n");
  expect(() => rmdirSync(folder)).toThrow(/ENOENT/);
});
