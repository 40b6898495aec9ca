import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { root } from "../architecture/source-files.ts";
import { readRecipes, runRecipe } from "./recipes.ts";

const PAGE = "docs/guide/three-trade-offs.md";
/** `.ci/run` makes this environment from `examples/requirements.txt`. */
const venv = path.join(root, ".cache", "examples-venv");
const has = (module: string): string =>
  `python -c 'import importlib.util, sys; sys.exit(importlib.util.find_spec("${module}") is None)'`;

const CASES = [
  { name: "a-trader", needs: has("vega_datasets"), prints: /^front .*: no other keeps the limits/m },
  { name: "a-fraud-team", needs: has("sklearn"), prints: /^choice +trial \d+ by what is preferred: recall/m },
  { name: "a-model-to-be-served-within-20-ms", needs: has("sklearn"), prints: /^(front|nearest) /m },
] as const;

it("the page has these cases and no others", () => {
  expect(readRecipes(PAGE).map(({ name }) => name)).toEqual(CASES.map(({ name }) => name));
});

it.for(CASES)("$name", { timeout: 600_000 }, ({ name, needs, prints }, context) => {
  try {
    execFileSync("sh", ["-c", needs], {
      stdio: "ignore",
      env: { ...process.env, PATH: `${venv}/bin:${process.env.PATH}` },
    });
  } catch (error) {
    const missing = `not here: ${needs}, which .ci/run installs`;
    if (process.env.CI) throw new Error(missing, { cause: error });
    context.skip(missing);
  }
  const cwd = mkdtempSync(path.join(tmpdir(), "attune-trade-off-"));
  try {
    const recipe = readRecipes(PAGE).find((one) => one.name === name)!;
    const { states, values, said } = runRecipe(recipe, { cwd, venv, trials: 8, install: false });
    expect(states).toEqual(Array(8).fill("complete"));
    expect(values.every(Number.isFinite)).toBe(true);
    expect(said).toMatch(prints);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
});
