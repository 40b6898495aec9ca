// Runs the recipes of docs/guide/recipes.md as they stand there, with three trials each: all, or those named.
//   node scripts/recipes.mjs [name...]
// What they need is installed: Python packages into .cache/recipes/venv, others by apt.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const node = path.join(root, "node_modules", "node", "bin", "node");
if (Number(process.versions.node.split(".")[0]) < 24) {
  // TypeScript is run as it is.
  process.exit(spawnSync(node, process.argv.slice(1), { stdio: "inherit" }).status ?? 1);
}

const { readRecipes, runRecipe } = await import("../tests/examples/recipes.ts");
const recipes = readRecipes();
const names = process.argv.slice(2);
const unknown = names.filter((name) => !recipes.some((recipe) => recipe.name === name));
if (unknown.length > 0) {
  console.error(`No recipe ${unknown.join(", ")}; there are ${recipes.map(({ name }) => name).join(", ")}.`);
  process.exit(2);
}
const cache = path.join(root, ".cache", "recipes");
const venv = path.join(cache, "venv");
mkdirSync(cache, { recursive: true });
if (!existsSync(path.join(venv, "bin", "pip"))) spawnSync("python3", ["-m", "venv", venv], { stdio: "inherit" });
let failed = 0;
for (const recipe of recipes) {
  if (names.length > 0 && !names.includes(recipe.name)) continue;
  const cwd = mkdtempSync(path.join(tmpdir(), "attune-recipe-"));
  const begun = performance.now();
  try {
    const { states, values } = runRecipe(recipe, { cwd, venv, trials: 3, install: true });
    const seconds = Math.round((performance.now() - begun) / 1000);
    const isGood = states.length === 3 && states.every((state) => state === "complete" || state === "pruned");
    if (!isGood) failed++;
    console.log(
      `${isGood ? "ok    " : "FAILED"} ${recipe.name} ${seconds} s: ${states.join(", ")}; ${values.join(", ")}`,
    );
  } catch (error) {
    failed++;
    const { stdout = "", stderr = "", message } = error;
    console.log(`FAILED ${recipe.name}: ${message.split("\n")[0]}\n${stdout}${stderr}`);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}
process.exitCode = failed === 0 ? 0 : 1;
