import { spawn } from "node:child_process";
import path from "node:path";

/** How tests ended that were run on a changed tree: `failed` is what a mutant should make of them. */
export type TestsEnd = "passed" | "failed" | "timeout";

/** A namespace of processes of its own: a mutant that signals a wrong process finds none but its own. */
const ALONE = ["unshare", "--pid", "--fork", "--mount-proc", "--kill-child=KILL", "--"];

/** Whether this system lets tests run without sight of other processes (Linux, as root). */
export async function canRunAlone(): Promise<boolean> {
  return (await run([...ALONE, "true"], process.cwd(), 20_000)) === "passed";
}

/** Runs test files of a tree, at most `limit` ms; `alone` without sight of other processes. */
export async function runTests(
  tree: string,
  files: readonly string[],
  limit: number,
  alone: boolean,
): Promise<TestsEnd> {
  const vitest = path.join(tree, "node_modules", "vitest", "vitest.mjs");
  const words = [process.execPath, vitest, "run", "--bail=1", "--maxWorkers=1", "--reporter=dot", ...files];
  return await run(alone ? [...ALONE, ...words] : words, tree, limit);
}

function run([command, ...args]: readonly string[], cwd: string, limit: number): Promise<TestsEnd> {
  const { promise, resolve } = Promise.withResolvers<TestsEnd>();
  const env = { ...process.env, CI: "true", TMPDIR: path.join(cwd, "tmp") };
  const child = spawn(command!, args, { cwd, env, stdio: "ignore", detached: true });
  const timer = setTimeout(() => {
    resolve("timeout");
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  }, limit);
  child.once("error", () => resolve("failed"));
  child.once("exit", (code) => resolve(code === 0 ? "passed" : "failed"));
  return promise.finally(() => clearTimeout(timer));
}
