import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { logParts } from "./log-parts.ts";

const folder = mkdtempSync(join(tmpdir(), "attune-parts-"));
const put = (...names: readonly string[]): void => {
  for (const name of names) writeFileSync(join(folder, name), "");
};

it("names the parts of one log, oldest first, and tells whether there were others before", () => {
  const path = join(folder, "0.log");
  expect(logParts(path)).toEqual({ files: [], cut: false });
  put("0.log", "0.log.x", "0.log.1.gz", "10.log", "0.log-2");
  expect(logParts(path)).toEqual({ files: [path], cut: false });
  put("0.log.1");
  expect(logParts(path)).toEqual({ files: [`${path}.1`, path], cut: false });
  const later = join(folder, "1.log");
  put("1.log.9", "1.log.10");
  expect(logParts(later)).toEqual({ files: [`${later}.9`, `${later}.10`], cut: true });
});

it("has none where the folder is not there, and says what stands in its place", () => {
  expect(logParts(join(folder, "none", "0.log"))).toEqual({ files: [], cut: false });
  put("file");
  expect(() => logParts(join(folder, "file", "0.log"))).toThrow("ENOTDIR");
});
