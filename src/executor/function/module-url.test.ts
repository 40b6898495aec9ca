import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { moduleUrl } from "./module-url.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-module-"));
  writeFileSync(join(folder, "train.ts"), "");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("names what is nearest, also where a folder of the path is a file or is not there", () => {
  expect(moduleUrl(join(folder, "train.ts"))).toMatch(/^file:.*train\.ts$/);
  expect(() => moduleUrl(join(folder, "trian.ts"))).toThrow(/There is no module .*trian\.ts.*train\.ts/s);
  for (const gone of ["nothing/train.ts", "train.ts/train.ts"])
    expect(() => moduleUrl(join(folder, gone))).toThrow(/There is no module/);
  expect(() => moduleUrl(folder)).toThrow(/is a folder/);
});
