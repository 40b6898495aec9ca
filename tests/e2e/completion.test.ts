import { spawnSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { completeWords } from "../../src/cli/commands/completion.ts";
import type { CliContext } from "../../src/cli/context.ts";
import { attune, folder } from "./attune.ts";

const MAIN = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
let cwd = "";

beforeAll(async () => {
  cwd = folder({ "p.mjs": "// nothing" });
  writeFileSync(join(cwd, "attune"), `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`);
  chmodSync(join(cwd, "attune"), 0o755);
  for (const study of ["digits", "my words"]) {
    await attune(cwd, [
      "run",
      "--study",
      study,
      "--minimize",
      "loss",
      "--trials",
      "0",
      "--",
      "node",
      "p.mjs",
      "{x: 1..2}",
    ]);
  }
});

/** What bash offers at the end of each of these lines of words. */
function bash(...lines: readonly string[]): readonly (readonly string[])[] {
  const script = `
    eval "$(attune completion bash)"
    for line in "$@"; do
      IFS='|' read -ra COMP_WORDS <<< "$line"; COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
      [[ \${COMP_WORDS[COMP_CWORD]} == _ ]] && COMP_WORDS[COMP_CWORD]=
      _attune
      printf '%s|' "\${COMPREPLY[@]}"; echo
    done`;
  const { PATH, ATTUNE_STORAGE: _, ...rest } = process.env;
  const env = { ...rest, PATH: `${cwd}:${PATH}` };
  const { stdout, stderr } = spawnSync("bash", ["--norc", "-c", script, "bash", ...lines], {
    cwd,
    env,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => line.split("|").filter((word) => word !== ""));
}

describe("completion in bash", () => {
  it("offers commands, options and studies, and leaves programs to the shell", () => {
    const offered = bash("attune|stu", "attune|show|--pl", "attune|show|_", "attune|run|--|python|_");
    expect(offered).toEqual([["studies"], ["--plot"], ["digits", "my\\ words"], []]);
  });
});

describe("completeWords", () => {
  const context = { environment: {} } as CliContext;
  const words = async (...typed: readonly string[]) =>
    (await completeWords(typed, { ...context, environment: { ATTUNE_STORAGE: join(cwd, "attune.db") } })).map(
      ({ word }) => word,
    );

  it("knows the values of options, inner commands and where a study may stand", async () => {
    expect(await words("show", "--plot", "t")).toEqual(["timeline"]);
    expect(await words("run", "--sampler", "gr")).toEqual(["grid"]);
    expect(await words("export", "--format", "p")).toEqual(["parquet"]);
    expect(await words("space", "ch")).toEqual(["check"]);
    expect(await words("space", "sample", "--co")).toEqual(["--count"]);
    expect(await words("completion", "")).toEqual(["bash", "zsh", "fish"]);
    expect(await words("import", "old.csv", "d")).toEqual(["digits"]);
  });

  it("offers nothing where a file may stand or nothing is known", async () => {
    expect(await words("import", "")).toEqual([]);
    expect(await words("nothing", "")).toEqual([]);
    expect(await words("show", "--storage", join(cwd, "gone.db"), "")).toEqual([]);
    expect(await words("show", "--storage", join(cwd, "p.mjs"), "")).toEqual([]);
  });
});

describe("attune completion", () => {
  it("has a script for zsh and fish, and refuses other shells", async () => {
    expect((await attune(cwd, ["completion", "zsh"])).out).toContain("#compdef attune");
    expect((await attune(cwd, ["completion", "fish"])).out).toContain("complete -c attune");
    expect(await attune(cwd, ["completion", "csh"])).toMatchObject({ code: 2 });
  });
});
