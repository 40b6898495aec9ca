import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { root } from "../architecture/source-files.ts";
import { readRecipes } from "./recipes.ts";

const recipes = readRecipes("docs/guide/five-cases.md");
const files = Object.assign({}, ...recipes.map((recipe) => recipe.files)) as Record<string, string>;
const CASES = ["sales", "fraud", "personal", "trading", "diagnosis"];
/** `.ci/run` makes this environment from `examples/requirements.txt`. */
const python = path.join(root, ".cache", "examples-venv", "bin", "python");
const NEEDED = `import importlib.util as found
for name in ("cloudpickle", "river", "sklearn", "statsmodels"):
    assert found.find_spec(name) is not None, name`;
/** Numeric threads wait for one another actively, which takes seconds for a fit of milliseconds on a machine that is busy. */
const environment = {
  ...process.env,
  ATTUNE_NODE: process.execPath,
  PYTHONPATH: path.join(root, "clients", "python", "src"),
  OMP_NUM_THREADS: "1",
  OPENBLAS_NUM_THREADS: "1",
};

it("the page has these cases and no others", () => {
  expect(Object.keys(files)).toEqual(["held_out.py", ...CASES.map((name) => `${name}.py`)]);
});

it.for(CASES)("%s", { timeout: 300_000 }, (name, context) => {
  const run = (cwd: string, ...args: readonly string[]): string =>
    execFileSync(python, args, { cwd, env: environment, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  try {
    run(root, "-c", NEEDED);
  } catch (error) {
    const missing = "not all is here that examples/requirements.txt names, which .ci/run installs";
    if (process.env.CI) throw new Error(missing, { cause: error });
    context.skip(missing);
  }
  const cwd = mkdtempSync(path.join(tmpdir(), "attune-case-"));
  try {
    for (const [file, text] of Object.entries(files))
      writeFileSync(path.join(cwd, file), text.replaceAll(/trials=\d+/g, "trials=4"));
    expect(run(cwd, `${name}.py`)).toMatch(
      /: tuned -?[\d.]+, defaults -?[\d.]+, less by -?[\d.]+ \(95 % interval -?[\d.]+ to -?[\d.]+\)\n$/,
    );
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
});
