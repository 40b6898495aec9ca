import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { RunFile } from "./run-file.ts";

const folder = mkdtempSync(path.join(tmpdir(), "attune-runs-"));
const file = path.join(folder, "runs.jsonl");
afterAll(() => rmSync(folder, { recursive: true }));

const RUN = { method: "gp", scenario: "grün", instance: "5d", seed: 3, budget: 2, seconds: 0.1, incumbent: [[1, 0.5]] };
const LINE = JSON.stringify(RUN);

describe("RunFile", () => {
  it.each([
    ["nothing", "", 0],
    ["whole lines and an empty one", `${LINE}\n\n${LINE}\n`, 2],
    ["a last line without its end", `${LINE}\n${LINE}`, 2],
    ["what a killed run left of its line", `${LINE}\n${LINE.slice(0, 30)}`, 1],
    ["the beginning of the only line", LINE.slice(0, 30), 0],
  ])("reads %s, and goes on behind it", (_, text, count) => {
    writeFileSync(file, text);
    expect(RunFile.read(file).records).toHaveLength(count);
    const runs = RunFile.open(file);
    expect(runs.records).toHaveLength(count);
    runs.append(RUN);
    const { records } = RunFile.read(file);
    expect(records).toHaveLength(count + 1);
    expect(records.at(-1)).toEqual(RUN);
    expect(readFileSync(file, "utf8").endsWith(`${LINE}\n`)).toBe(true);
  });

  it.each([
    ["no JSON", "oops"],
    ["no run", '{"a":1}'],
    ["a number", "5"],
  ])("names the place of a line in the middle that is %s, and leaves the file alone", (_, line) => {
    const text = `${LINE}\n${line}\n${LINE}\n`;
    writeFileSync(file, text);
    for (const use of [RunFile.read, RunFile.open]) expect(() => use(file)).toThrow(`${file}:2: the line is no run`);
    expect(readFileSync(file, "utf8")).toBe(text);
  });

  it("takes no text for the rest of a line that never was one", () => {
    writeFileSync(file, "my notes");
    expect(() => RunFile.open(file)).toThrow(`${file}:1: the line is no run`);
    expect(readFileSync(file, "utf8")).toBe("my notes");
  });

  it("says which file cannot be read or written, before anything is run", () => {
    expect(() => RunFile.read(path.join(folder, "missing.jsonl"))).toThrow(/missing\.jsonl cannot be read: ENOENT/);
    expect(() => RunFile.read(folder)).toThrow("cannot be read: EISDIR");
    expect(() => RunFile.open(path.join(folder, "no", "x.jsonl"))).toThrow("cannot be written: ENOENT");
    expect(() => RunFile.open(folder)).toThrow("cannot be read: EISDIR");
  });
});
