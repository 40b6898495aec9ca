import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readCommandTemplate } from "../../protocol/command-template.ts";
import { SpelledNumber } from "../../space/spelled.ts";
import type { CommandInput } from "../../trial/command-input.ts";
import { inputPath, writeTrialInput } from "./trial-input.ts";

const root = realpathSync(mkdtempSync(join(tmpdir(), "attune-input-")));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let count = 0;
/** A working folder with data, two configurations, and the folder of the trials' files inside it. */
function workingFolder(): string {
  const cwd = join(root, String(++count));
  mkdirSync(join(cwd, "conf", "deep"), { recursive: true });
  mkdirSync(join(cwd, "db.files"));
  for (const file of ["data.csv", "conf/other.yaml", "conf/net.yaml", "conf/deep/a.txt"])
    writeFileSync(join(cwd, file), file);
  writeFileSync(join(cwd, "conf/net.yaml.attune"), "lr: ${lr}\n");
  return cwd;
}

const write = async (cwd: string, input: CommandInput, argv = ["train"], folder: string | null = "db.files/1") =>
  await writeTrialInput(
    readCommandTemplate({ argv, input }),
    { parameters: new Set(["lr"]), params: { lr: new SpelledNumber(1, "1.0") }, seed: 1, trial: 0, fold: null },
    { cwd, folder },
  );

describe("writeTrialInput", () => {
  it("mirrors the working folder around the files, without the folder that holds the mirror", async () => {
    const cwd = workingFolder();
    const { cwd: mirror, stdin, variables } = await write(cwd, { templates: ["conf/net.yaml.attune"] });
    expect(mirror).toBe(join(cwd, "db.files/1"));
    expect([stdin, variables]).toEqual([null, {}]);
    expect(readdirSync(mirror).sort()).toEqual(["conf", "data.csv"]);
    expect(readdirSync(join(mirror, "conf")).sort()).toEqual(["deep", "net.yaml", "net.yaml.attune", "other.yaml"]);
    expect(readFileSync(join(mirror, "conf/net.yaml"), "utf8")).toBe("lr: 1.0\n");
    expect(statSync(join(mirror, "conf/net.yaml")).mode & 0o777).toBe(0o600);
    expect(lstatSync(join(mirror, "conf/net.yaml")).isSymbolicLink()).toBe(false);
    for (const link of ["data.csv", "conf/other.yaml", "conf/deep"]) {
      expect(realpathSync(join(mirror, link))).toBe(join(cwd, link));
    }
    expect(readFileSync(join(cwd, "conf/net.yaml"), "utf8")).toBe("conf/net.yaml");
  });

  it("stays in the working folder when the command holds the path, and names the parameter file", async () => {
    const cwd = workingFolder();
    const { cwd: ran, variables } = await write(cwd, { paramsFile: "p.json" }, ["train", "${file:p.json}"]);
    expect(ran).toBe(cwd);
    expect(variables).toEqual({ ATTUNE_PARAMS_FILE: join(cwd, "db.files/1/p.json") });
    expect(inputPath({ cwd, folder: "db.files/1" }, "p.json")).toBe(join(cwd, "db.files/1/p.json"));
    expect(readdirSync(join(cwd, "db.files/1"))).toEqual(["p.json"]);
    expect(readFileSync(join(cwd, "db.files/1/p.json"), "utf8")).toBe('{\n  "lr": 1.0\n}\n');
  });

  it("makes the folders that the parameter file's name has", async () => {
    const cwd = workingFolder();
    await write(cwd, { paramsFile: "deep/er/p.json" }, ["train", "${file:deep/er/p.json}"]);
    expect(JSON.parse(readFileSync(join(cwd, "db.files/1/deep/er/p.json"), "utf8"))).toEqual({ lr: 1 });
  });

  it("makes no folder for standard input alone", async () => {
    const cwd = workingFolder();
    expect(await write(cwd, { stdin: "toml" }, ["train"], null)).toEqual({ cwd, stdin: "lr = 1.0\n", variables: {} });
    expect(readdirSync(join(cwd, "db.files"))).toEqual([]);
  });

  it("says which template cannot be read, and where nothing can be written", async () => {
    const cwd = workingFolder();
    await expect(write(cwd, { templates: ["gone.yaml.attune"] })).rejects.toThrow(
      /The template gone.yaml.attune cannot be read/,
    );
    const below = join("data.csv", "x");
    await expect(write(cwd, { paramsFile: "p.json" }, ["train"], below)).rejects.toThrow(
      /could not be written to .*data\.csv\/x/,
    );
  });
});
