/**
 * `npm test`: makes the clone ready, checks style and types, runs every test, and closes with `N passed, M failed`.
 * Arguments go to vitest (`npm test -- src/space`); style and types are then checked all the same.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { root, setup } from "./setup.mjs";
import { countTests, mergeReports, unfinishedFiles } from "./test-counts.mjs";

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
const first = runTests("tests", process.argv.slice(2));
const { ok, report } = first.ok ? first : finish(first);
const counts = countTests(report);
rmSync(folder, { recursive: true, force: true });

for (const [name] of failedChecks) process.stdout.write(`failed check: ${name}\n`);
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
 * many threads ("Check failed: jit_page.has_value()", as in nodejs/node#64500). A second end of that kind fails them.
 */
function finish({ ok, report }) {
  const files = unfinishedFiles(report);
  if (files.length === 0 || countTests(report).failed > files.length) return { ok, report };
  for (const file of files) process.stdout.write(`its process ended in the midst of it, so it runs again: ${file}\n`);
  const again = runTests("unfinished tests", files);
  return { ok: again.ok, report: mergeReports(report, again.report) };
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    process.stdout.write(`vitest left no report: ${error.message}\n`);
    return { testResults: [] };
  }
}
