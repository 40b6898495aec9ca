import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { bytesOnDisk } from "./bytes-on-disk.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-bytes-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("adds up all files of a folder, however deep, follows no link, and takes nothing for what is gone", () => {
  const big = Buffer.alloc(100_000, 1);
  const one = join(folder, "one");
  writeFileSync(one, big);
  const each = bytesOnDisk(one);
  expect(each).toBeGreaterThanOrEqual(100_000);
  const inner = join(folder, "all", "inner");
  mkdirSync(inner, { recursive: true });
  for (const name of ["a", "b"]) writeFileSync(join(inner, name), big);
  writeFileSync(join(folder, "all", "c"), big);
  symlinkSync(one, join(folder, "all", "link"));
  const link = bytesOnDisk(join(folder, "all", "link"));
  expect(link).toBeLessThan(each);
  expect(bytesOnDisk(join(folder, "all"))).toBe(3 * each + link);
  expect(bytesOnDisk(join(folder, "nothing"))).toBe(0);
});
