import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { attune, folder } from "../e2e/attune.ts";
import { judgeOption, type OptionVerdict } from "./judge-draft.ts";
import type { ProgramCase } from "./program-cases.ts";

/** What `attune init` and `attune try` made of a program. */
export interface JudgedProgram {
  readonly name: string;
  readonly options: readonly { readonly flag: string; readonly verdict: OptionVerdict }[];
  /** Files that were there only behind `attune init`, which must not do the program's work. */
  readonly left: readonly string[];
  /** Metrics in the order in which `attune try` proposes them. */
  readonly proposed: readonly string[];
  readonly isObjectiveFirst: boolean;
  /** What `attune init` and `attune try` printed. */
  readonly draft: string;
  readonly tried: string;
}

/** Runs both in a fresh folder, the programs of a virtual environment first on the path. */
export async function judgeProgram(of: ProgramCase, environment: string): Promise<JudgedProgram> {
  const cwd = folder();
  const files = fileURLToPath(new URL("programs/", import.meta.url));
  for (const part of [of.name, "data"]) {
    if (existsSync(join(files, part)))
      cpSync(join(files, part), part === "data" ? join(cwd, part) : cwd, { recursive: true });
  }
  const env = { PATH: `${join(environment, "bin")}:${process.env.PATH}`, PYTHONDONTWRITEBYTECODE: "1" };
  for (const command of of.prepare) execFileSync("sh", ["-c", command], { cwd, env: { ...process.env, ...env } });
  const before = new Set(readdirSync(cwd));
  const init = await attune(cwd, ["init", "--", ...(of.init ?? of.command)], env);
  const left = readdirSync(cwd).filter((file) => !before.has(file));
  const tried = await attune(cwd, ["try", "--", ...of.command], env);
  rmSync(cwd, { recursive: true });
  const proposed = proposals(tried.out);
  return {
    name: of.name,
    options: of.options.map((option) => ({ flag: option.flag, verdict: judgeOption(init.out, option) })),
    left,
    proposed,
    isObjectiveFirst: proposed.slice(0, 3).some((name) => of.objective.some((wanted) => isNamed(name, wanted))),
    draft: init.out + init.err,
    tried: tried.out + tried.err,
  };
}

/** The names in the list of metrics, which blanks part from their values. */
function proposals(printed: string): readonly string[] {
  const block = /^metrics {3}.*(?:\n {12}.*)*/m.exec(printed)?.[0] ?? "";
  return block.split("\n").flatMap((line) => /^.{12}(\S.*?) {2,}\S+ .*\(/.exec(line)?.[1] ?? []);
}

/** Capitals and separators aside; words in front say more of the same metric. */
function isNamed(name: string, wanted: string): boolean {
  const plain = (text: string): string =>
    text
      .toLowerCase()
      .replace(/[^a-z0-9@%]+/g, " ")
      .trim();
  return ` ${plain(name)}`.endsWith(` ${plain(wanted)}`);
}
