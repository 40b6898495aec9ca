import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readFile, root } from "../architecture/source-files.ts";

/** A tool on the page of recipes. */
export interface Recipe {
  /** Its heading in small letters, words joined by dashes. */
  readonly name: string;
  /** Files that its blocks are, by their names. */
  readonly files: Readonly<Record<string, string>>;
  /** Blocks for the shell, in order. */
  readonly scripts: readonly string[];
}

/** What came of a recipe's trials. */
export interface RecipeRun {
  /** What the scripts printed. */
  readonly said: string;
  readonly states: readonly string[];
  readonly values: readonly number[];
}

/** A block that is a file begins with its name in a comment. */
const FILE_NAME = /^(?:#|\/\*|--) ([\w./-]+\.\w+)(?: \*\/)?\n/;

/** The recipes of a page. */
export function readRecipes(page = "docs/guide/recipes.md"): readonly Recipe[] {
  const sections = readFile(page).text.split(/^## /m).slice(1);
  return sections.map((section) => {
    const blocks = [...section.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)].map(
      ([, language, code]) => [language!, code!] as const,
    );
    const named = blocks.flatMap(([, code]) => {
      const name = FILE_NAME.exec(code)?.[1];
      return name === undefined ? [] : [[name, code] as const];
    });
    const scripts = blocks
      .filter(([language, code]) => language === "sh" && !FILE_NAME.test(code))
      .map(([, code]) => code);
    const name = section.slice(0, section.indexOf("\n")).toLowerCase().replaceAll(" ", "-");
    return { name, files: Object.fromEntries(named), scripts };
  });
}

export interface RecipeSetup {
  /** An empty folder to work in. */
  readonly cwd: string;
  /** A Python environment that `python` and `pip` mean. */
  readonly venv: string;
  readonly trials: number;
  /** Whether what a recipe needs is installed; else it has to be there. */
  readonly install: boolean;
}

/** Does what a recipe says, with few trials. Throws where a command ends badly. */
export function runRecipe({ files, scripts }: Recipe, { cwd, venv, trials, install }: RecipeSetup): RecipeRun {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(cwd, name)), { recursive: true });
    writeFileSync(path.join(cwd, name), text);
  }
  const main = path.join(root, "src", "cli", "main.ts");
  const apt = install
    ? 'apt() { shift; dpkg -s "$@" >/dev/null 2>&1 || DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; }'
    : "apt() { :; }";
  const pip = install ? `pip() { '${venv}/bin/pip' --disable-pip-version-check -q "$@"; }` : "pip() { :; }";
  const functions = `set -e\nattune() { '${process.execPath}' '${main}' "$@"; }\n${apt}\n${pip}\n`;
  const shell = (script: string): string =>
    execFileSync("sh", ["-c", functions + script], {
      cwd,
      encoding: "utf8",
      env: {
        ...process.env,
        PATH: `${venv}/bin:${process.env.PATH}`,
        ATTUNE_STORAGE: "attune.db",
        PYTHONNOUSERSITE: "1",
      },
      stdio: ["ignore", "pipe", "pipe"],
      maxBuffer: 64 * 1024 * 1024,
    });
  const said = scripts.map((script) => shell(script.replace(/ --trials \d+/, ` --trials ${trials}`))).join("");
  const kept = shell("attune trials --json").trim().split("\n");
  const records = kept.map((line) => JSON.parse(line) as { state: string; values: Readonly<Record<string, unknown>> });
  return {
    said,
    states: records.map(({ state }) => state),
    values: records.flatMap(({ values }) => Object.values(values).map(Number)),
  };
}
