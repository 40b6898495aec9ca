/**
 * `npm test`: makes the clone ready, checks style and types, runs every test, and closes with `N passed, M failed`.
 * Arguments go to vitest (`npm test -- src/space`); style and types are then checked all the same.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { root, setup } from "./setup.mjs";
import { countTests } from "./test-counts.mjs";

const { node, env } = setup();
const tool = (...parts) => path.join(root, "node_modules", ...parts);
const run = (name, args) => {
  process.stdout.write(`\n> ${name}\n`);
  return spawnSync(node, args, { cwd: root, stdio: "inherit", env }).status === 0;
};

const failedChecks = [
  ["style", [tool("@biomejs", "biome", "bin", "biome"), "check", "--error-on-warnings"]],
  ["types", [tool("typescript", "bin", "tsc"), "-p", "tsconfig.json"]],
].filter(([name, args]) => !run(name, args));

const folder = mkdtempSync(path.join(tmpdir(), "attune-test-"));
const report = path.join(folder, "report.json");
const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
const ok = run("tests", [tool("vitest", "vitest.mjs"), "run", ...reporters, ...process.argv.slice(2)]);
const counts = countTests(readReport());
rmSync(folder, { recursive: true, force: true });

for (const [name] of failedChecks) process.stdout.write(`failed check: ${name}\n`);
for (const title of counts.skipped) process.stdout.write(`skipped: ${title}\n`);
const failed = counts.failed + failedChecks.length + (ok || counts.failed > 0 ? 0 : 1);
process.stdout.write(`${counts.passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && counts.passed > 0 ? 0 : 1;

function readReport() {
  try {
    return JSON.parse(readFileSync(report, "utf8"));
  } catch (error) {
    process.stdout.write(`vitest left no report: ${error.message}\n`);
    return { testResults: [] };
  }
}
