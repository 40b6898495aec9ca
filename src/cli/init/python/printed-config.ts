import { leafOptions } from "../config/leaf-options.ts";
import { readYamlLeaves } from "../config/read-yaml-leaves.ts";
import type { ProgramOption } from "../program-option.ts";
import { watchedRun } from "../watched-run.ts";
import { watched } from "./ask-python.ts";
import type { PythonProgram } from "./python-program.ts";

/** A word that no program has among its own: the parser is not stopped at, only the watch is kept. */
const NO_QUESTION = "--attune-asks-nothing";

/**
 * The options of a program that prints its whole config and ends: Hydra's `--cfg job`, jsonargparse's `--print_config`. Only for a
 * program whose parser has been seen to know that option. Null when it prints none.
 */
export async function printedConfig(
  program: PythonProgram,
  parser: "hydra" | "jsonargparse",
): Promise<readonly ProgramOption[] | null> {
  if (parser === "jsonargparse") {
    const leaves = await printed(program, ["--print_config"]);
    return leaves === null ? null : leafOptions(leaves, { flag: (path) => `--${path}`, joined: true, file: null });
  }
  const leaves = await printed(program, ["--cfg", "job"]);
  if (leaves === null) return null;
  const writing = { flag: (path: string) => path, joined: true, file: null };
  return [...(await groupOptions(program)), ...leafOptions(leaves, writing)];
}

async function printed(program: PythonProgram, words: readonly string[]) {
  const { out } = await watchedRun([...watched(program), ...words], { question: NO_QUESTION, env: program.env });
  return out.trim() === "" ? null : readYamlLeaves(out);
}

/** Hydra's config groups with what is chosen in each. */
async function groupOptions(program: PythonProgram): Promise<readonly ProgramOption[]> {
  const settings = { question: NO_QUESTION, env: program.env };
  const { out } = await watchedRun([...watched(program), "--help"], settings);
  const chosen = await printed(program, ["--cfg", "hydra", "--package", "hydra.runtime.choices"]);
  const section = /== Configuration groups ==\n[^\n]*\n\n([\s\S]*?)\n\n/.exec(out)?.[1] ?? "";
  return Array.from(section.matchAll(/^([\w/.-]+): (.+)$/gm), ([, name = "", list = ""]) => {
    const choices = list.split(", ");
    const now = chosen?.find(({ path }) => path === name)?.value ?? null;
    return {
      flag: name,
      flags: [name],
      // A name such as `optimizer` must not make it a choice like others.
      called: "composition",
      kind: "choice" as const,
      boolean: null,
      default: choices.find((choice) => choice === now) ?? null,
      choices,
      numbered: null,
      bounds: null,
      joined: true,
      many: false,
      description: "a config group: with another choice the values below it may be others",
      obstacle: null,
      behind: 0,
      shown: null,
      place: null,
    };
  });
}
