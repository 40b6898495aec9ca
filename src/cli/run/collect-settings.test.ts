import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { collectSettings } from "./collect-settings.ts";

const folder = mkdtempSync(join(tmpdir(), "attune-"));
const file = join(folder, "digits.yaml");
writeFileSync(file, "minimize: loss\ntrials: 5\nworkers: 2\ncommand: echo loss=1\n");
const script = join(folder, "train.py");
writeFileSync(script, "");

describe("collectSettings", () => {
  it("names a study after its file, and lets options win over the file", async () => {
    expect(await collectSettings([file], null, { trials: "9", maximize: "acc", study: "other" })).toMatchObject({
      study: "other",
      trials: 9,
      workers: 2,
      metric: { name: "acc", direction: "maximize" },
      command: { template: { shell: "echo loss=1" } },
    });
    expect((await collectSettings([file], null, {})).study).toBe("digits");
  });

  it("takes the words behind -- byte for byte", async () => {
    const program = ["sh", "-c", "a  b", '{"a": 1}'];
    expect((await collectSettings([], program, {})).command?.template).toEqual({ argv: program });
    expect((await collectSettings(["digits"], program, {})).study).toBe("digits");
  });

  it("reads the sampler by name, as JSON and as YAML flow", async () => {
    const grid = { sampler: { name: "grid", options: { points: { lr: 7 } } } };
    expect((await collectSettings([], null, { sampler: "grid" })).sampler).toEqual({ name: "grid", options: {} });
    expect(await collectSettings([], null, { sampler: '{"name":"grid","points":{"lr":7}}' })).toEqual(grid);
    expect(await collectSettings([], null, { sampler: "{name: grid, points: {lr: 7}}" })).toEqual(grid);
  });

  it.each([
    [["python", "train.py"], null, {}, "put -- before it"],
    [[script], null, {}, "put -- before it"],
    [[], [], {}, "no program behind --"],
    [["a"], null, { study: "b" }, "Two studies are named"],
    [[], null, { minimize: "a", maximize: "b" }, "Both --minimize and --maximize"],
    [[], null, { workers: "0" }, '--workers is "0"; give a whole number from 1 up.'],
    [[], null, { seed: "1.5" }, '--seed is "1.5"'],
    [[], null, { timeout: "soon" }, "--timeout is"],
    [[], null, { sampler: "{name: grid" }, "--sampler is"],
    [[], null, { sampler: "{points: 3}" }, "--sampler is"],
  ])("refuses %j %j %j", async (words, program, options, message) => {
    await expect(collectSettings(words, program, options)).rejects.toThrow(message);
  });
});
