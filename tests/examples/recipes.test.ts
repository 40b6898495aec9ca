import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { readFile, root } from "../architecture/source-files.ts";
import { readRecipes, runRecipe } from "./recipes.ts";

const recipes = readRecipes();
const page = readFile("docs/guide/recipes.md").text;

/** Those that need little: what runs them, and what that must be able to import. `.ci/run` installs it. */
const CHEAP: readonly { readonly name: string; readonly needs: string }[] = [
  { name: "scikit-learn", needs: "python -c 'import sklearn'" },
  { name: "libsvm", needs: "command -v svm-train" },
  { name: "a-compiler", needs: "command -v gcc" },
  { name: "a-database", needs: "command -v sqlite3" },
];

/** `.ci/run` makes this environment from `examples/requirements.txt`. */
const venv = path.join(root, ".cache", "examples-venv");

it("the page lists its recipes, and says which of them run here", () => {
  const listed = [...page.matchAll(/^\| \[[^\]]+\]\(#([\w-]+)\)( \*)? \|/gm)];
  expect(listed.map(([, name]) => name)).toEqual(recipes.map(({ name }) => name));
  expect(listed.filter(([, , star]) => star !== undefined).map(([, name]) => name)).toEqual(
    CHEAP.map(({ name }) => name),
  );
});

it("each recipe ends with its one command, of files that stand there", () => {
  for (const { name, files, scripts } of recipes) {
    expect([name, scripts.join("\n").match(/^attune run /gm)?.length]).toEqual([name, 1]);
    for (const file of Object.keys(files).filter((file) => !file.includes("conf"))) {
      expect([
        name,
        file,
        scripts.join("\n").includes(file) || Object.values(files).join("\n").includes(`${file} `),
      ]).toEqual([name, file, true]);
    }
  }
});

it.for(CHEAP)("$name finds its metric in every trial", { timeout: 600_000 }, ({ name, needs }, context) => {
  try {
    const env = { ...process.env, PATH: `${venv}/bin:${process.env.PATH}` };
    execFileSync("sh", ["-c", needs], { stdio: "ignore", env });
  } catch (error) {
    const missing = `not here: ${needs}, which .ci/run installs`;
    if (process.env.CI) throw new Error(missing, { cause: error });
    context.skip(missing);
  }
  const cwd = mkdtempSync(path.join(tmpdir(), "attune-recipe-"));
  try {
    const recipe = recipes.find((one) => one.name === name)!;
    const { states, values } = runRecipe(recipe, { cwd, venv, trials: 2, install: false });
    expect(states).toEqual(["complete", "complete"]);
    for (const value of values) expect(value).toBeGreaterThan(0);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
});
