import { execFileSync } from "node:child_process";
import {
  createReadStream,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, it } from "vitest";
import { writeResult } from "./export.ts";

const folder = mkdtempSync(join(tmpdir(), "attune-result-"));

it("replaces a file as a whole and leaves nothing beside it", async () => {
  const file = join(folder, "a.csv");
  writeFileSync(file, "old, and longer than what comes");
  await writeResult(file, ["new", new Uint8Array([10])]);
  expect(readFileSync(file, "utf8")).toBe("new\n");
  expect(readdirSync(folder)).toEqual(["a.csv"]);
});

it("writes what a link points to", async () => {
  const [target, link] = [join(folder, "target.csv"), join(folder, "link.csv")];
  writeFileSync(target, "old");
  symlinkSync(target, link);
  await writeResult(link, ["new"]);
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(target, "utf8")).toBe("new");
});

it("writes into a pipe or a device rather than put a file in its place", async () => {
  const pipe = join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  const read = text(createReadStream(pipe));
  await writeResult(pipe, ["some", "thing"]);
  expect(await read).toBe("something");
  expect(lstatSync(pipe).isFIFO()).toBe(true);
});

it("tells why a file cannot be written, and leaves nothing of it", async () => {
  const missing = join(folder, "none", "a.csv");
  await expect(writeResult(missing, ["x"])).rejects.toThrow(/none\/a\.csv cannot be written: ENOENT/);
  await expect(writeResult(folder, ["x"])).rejects.toThrow(/cannot be written/);
  expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
});
