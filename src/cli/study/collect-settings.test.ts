import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { CommandInput } from "../../trial/command-input.ts";
import { collectSettings, commandWithInput } from "./collect-settings.ts";
import { givenObjectives } from "./given-objectives.ts";

const folder = mkdtempSync(join(tmpdir(), "attune-"));
const file = join(folder, "digits.yaml");
writeFileSync(file, "minimize: loss\ntrials: 5\nworkers: 2\ncommand: echo loss=1\n");
const script = join(folder, "train.py");
writeFileSync(script, "");

describe("collectSettings", () => {
  it("names a study after its file, and lets options win over the file", async () => {
    const settings = await collectSettings([file], null, { trials: "9", maximize: ["acc"], study: "other" });
    expect(settings).toMatchObject({
      study: "other",
      trials: 9,
      workers: 2,
      maximized: ["acc"],
      command: { template: { shell: "echo loss=1" } },
    });
    expect(settings.minimized).toBeUndefined();
  });

  it("keeps the order in which objectives are named", async () => {
    const first = await collectSettings([], null, { maximize: ["acc", "f1"], minimize: ["ms"] });
    expect(givenObjectives(first)?.map(({ name }) => name)).toEqual(["acc", "f1", "ms"]);
    const last = await collectSettings([], null, { minimize: ["ms"], maximize: ["acc", "f1"] });
    expect(givenObjectives(last)?.map(({ name }) => name)).toEqual(["ms", "acc", "f1"]);
    expect(givenObjectives(await collectSettings([], null, {}))).toBeUndefined();
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
    [[], null, { minimize: ["a", ""] }, '--minimize is ""'],
    [[], null, { limit: [""] }, "--limit is"],
    [[], null, { workers: "0" }, '--workers is "0"; give a whole number from 1 up.'],
    [[], null, { seed: "1.5" }, '--seed is "1.5"'],
    [[], null, { timeout: "soon" }, "--timeout is"],
    [[], null, { sampler: "{name: grid" }, "--sampler is"],
    [[], null, { sampler: "{points: 3}" }, "--sampler is"],
  ])("refuses %j %j %j", async (words, program, options, message) => {
    await expect(collectSettings(words, program, options)).rejects.toThrow(message);
  });
});

const at = (template: { argv: readonly string[] } | { shell: string }) => ({ template, locate: null });

const withInput = (command: ReturnType<typeof at>, input: CommandInput) =>
  commandWithInput(command, input, (name) => name === "lr").template;

describe("commandWithInput", () => {
  it("appends all arguments only where a style is given and no parameter is named", () => {
    const input = { argsStyle: "space" } as const;
    expect(withInput(at({ argv: ["t"] }), input)).toEqual({ argv: ["t", "${args}"], input });
    expect(withInput(at({ shell: "t" }), input)).toEqual({ shell: "t ${args}", input });
    expect(withInput(at({ argv: ["t", "${args}", "x"] }), input)).toEqual({
      argv: ["t", "${args}", "x"],
      input,
    });
    expect(withInput(at({ argv: ["t"] }), { stdin: "json" })).toEqual({
      argv: ["t"],
      input: { stdin: "json" },
    });
  });

  it("leaves a command that names a parameter as it is, and takes other names for none", () => {
    const input = { argsStyle: "python" } as const;
    for (const argv of [
      ["t", "${lr}"],
      ["t", "--out=${trial}/${lr}"],
      ["t", "{lr: 0..1.0}"],
    ])
      expect(withInput(at({ argv }), input)).toEqual({ argv, input });
    expect(withInput(at({ argv: ["t", "${HOME}", "${trial}"] }), input)).toEqual({
      argv: ["t", "${HOME}", "${trial}", "${args}"],
      input,
    });
  });
});
