/**
 * `npm test`: makes the clone ready, checks style and types, runs every test, and closes with `N passed, M failed`.
 * Arguments go to vitest (`npm test -- src/space`); style and types are then checked all the same.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { root, setup } from "./setup.mjs";
import { countTests, failedTests, filesToRepeat, mergeReports } from "./test-counts.mjs";

/** With more failed tests than these something is wrong, and nothing is tried again. */
const UNSTEADY_AT_MOST = 3;
const filters = process.argv.slice(2);

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
const first = runTests("tests", filters);
const { ok, report, unsteady } = first.ok ? { ...first, unsteady: [] } : finish(first);
const counts = countTests(report);
rmSync(folder, { recursive: true, force: true });

for (const [name] of failedChecks) process.stdout.write(`failed check: ${name}\n`);
for (const title of unsteady) process.stdout.write(`unsteady, it passed when run again: ${title}\n`);
for (const title of counts.skipped) process.stdout.write(`skipped: ${title}\n`);
const failed = counts.failed + failedChecks.length + (ok || counts.failed > 0 ? 0 : 1);
process.stdout.write(`${counts.passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && counts.passed > 0 ? 0 : 1;

function runTests(name, filters) {
  const file = path.join(folder, `${name.replaceAll(" ", "-")}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const ok = run(name, [tool("vitest", "vitest.mjs"), "run", ...reporters, ...filters]);
  return { ok, report: readReport(file) };
}

/**
 * Files whose process ended in their midst run once more, and are named: now and then V8 13.6 aborts a process that starts and ends
 * many threads ("Check failed: jit_page.has_value()", as in nodejs/node#64500). So do, in a run of everything, the files of a few
 * failed tests, for which another process may have come in between; they are named as unsteady. A second failure counts.
 */
function finish({ ok, report }) {
  const files = filesToRepeat(report, filters.length === 0 ? UNSTEADY_AT_MOST : 0);
  if (files.length === 0) return { ok, report, unsteady: [] };
  const failed = failedTests(report);
  for (const file of files) process.stdout.write(`it did not come to a good end, so it runs again: ${file}\n`);
  const again = runTests("tests once more", files);
  const failedAgain = new Set(failedTests(again.report));
  const unsteady = failed.filter((title) => !failedAgain.has(title));
  return { ok: again.ok, report: mergeReports(report, again.report), unsteady };
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    process.stdout.write(`vitest left no report: ${error.message}\n`);
    return { testResults: [] };
  }
}
