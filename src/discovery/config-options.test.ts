import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readConfigFile } from "./config-options.ts";

const folder = mkdtempSync(join(tmpdir(), "attune-config-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Path, value, whether a float, and what a trial would replace. */
function read(name: string, text: string) {
  const file = join(folder, name);
  writeFileSync(file, text);
  const config = readConfigFile(file);
  return (
    config?.leaves.map(({ path, value, float, start, end }) => [path, value, float, text.slice(start, end)]) ?? null
  );
}

describe("readConfigFile", () => {
  it("reads YAML, with exponents that YAML 1.1 takes for texts", () => {
    const text =
      'model:\n  lr: 1e-3 # rate\n  "act": "relu"\n  deep: {n: 3, on: true}\nlist: [1, 2]\nnone:\nwhole: 1.0\n';
    expect(read("a.yaml", text)).toEqual([
      ["model.lr", 0.001, true, "1e-3"],
      ["model.act", "relu", false, '"relu"'],
      ["model.deep.n", 3, false, "3"],
      ["model.deep.on", true, false, "true"],
      ["list", "[1,2]", false, "[1, 2]"],
      ["none", null, false, ""],
      ["whole", 1, true, "1.0"],
    ]);
  });

  it("reads JSON", () => {
    expect(read("a.json", '{"lr": 0.1, "net": {"layers": 2, "act": "relu"}}')).toEqual([
      ["lr", 0.1, true, "0.1"],
      ["net.layers", 2, false, "2"],
      ["net.act", "relu", false, '"relu"'],
    ]);
  });

  it("reads TOML, and leaves what goes over lines or is a table in one", () => {
    const text =
      'seed = 1\n[net]\nlr = 1e-3 # rate\nact = "relu"\nbig = 1_000\nwords = [\n  1,\n]\ndoc = """\nx = 3\n"""\npoint = {x = 1}\n[net.opt]\non = false\n[[runs]]\nlr = 5.0\n';
    expect(read("a.toml", text)).toEqual([
      ["seed", 1, false, "1"],
      ["net.lr", 0.001, true, "1e-3"],
      ["net.act", "relu", false, '"relu"'],
      ["net.big", 1000, false, "1_000"],
      ["net.opt.on", false, false, "false"],
    ]);
  });

  it("reads INI and spaCy's form, where quotes belong to the value", () => {
    const text =
      '[training]\ndropout = 0.1\nmax_steps: 100\n; off = 3\n[training.optimizer]\n@optimizers = "Adam.v1"\nname = "adam"\nL2 = true\n';
    expect(read("a.cfg", text)).toEqual([
      ["training.dropout", 0.1, true, "0.1"],
      ["training.max_steps", 100, false, "100"],
      ["training.optimizer.name", "adam", false, "adam"],
      ["training.optimizer.L2", true, false, "true"],
    ]);
  });

  it.each([
    ["a.json", "[1, 2, 3]"],
    ["a.yaml", "a: [1\n"],
    ["a.yml", "just: words\n"],
    ["a.csv", "lr,layers\n0.1,2\n"],
  ])("takes %s for no config", (name, text) => {
    expect(read(name, text)).toBeNull();
  });

  it("says of a file that is not there that it is none", () => {
    expect(readConfigFile(join(folder, "gone.yaml"))).toBeNull();
  });
});
