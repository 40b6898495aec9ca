import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync, statSync, writeFileSync } from "node:fs";
import { watch } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { attune, folder, start, trials } from "./attune.ts";

const MAIN = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
/** Opens a terminal, runs the words in it, reads nothing of it, and ends as they end. */
const UNREAD =
  "import os, pty, sys\npid, _ = pty.fork()\nif pid == 0: os.execv(sys.argv[1], sys.argv[1:])\nsys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) % 256)";
const run = (count: number) => [
  ...["run", "--study", "s", "--minimize", "loss", "--sampler", "random", "--workers", "2", "--trials", String(count)],
  ...["--", "sh", "-c", "echo loss=1; printf x >> ran", "a-name-that-makes-long-lines-in-the-terminal", "{x: 0..1}"],
];
/** Resolves once a file has so many bytes. */
async function sized(file: string, bytes: number): Promise<void> {
  writeFileSync(file, "");
  for await (const _ of watch(file)) if (statSync(file).size >= bytes) return;
}

const lacksPython = spawnSync("python3", ["--version"]).status !== 0 && process.env.CI === undefined;

describe("nobody reads what is written", () => {
  it.skipIf(lacksPython)("in a terminal: all trials are run and the process ends", async () => {
    const cwd = folder();
    const words = ["-c", UNREAD, process.execPath, MAIN, ...run(150)];
    const child = spawn("python3", words, { cwd, env: { ...process.env, TERM: "xterm" }, stdio: "inherit" });
    const [code] = await once(child, "exit");
    expect(code).toBe(0);
    expect((await trials(cwd, "s")).filter(({ state }) => state === "complete")).toHaveLength(150);
  });

  it("of a full pipe: all trials are run, and what was missed is counted", async () => {
    const cwd = folder();
    const ran = sized(`${cwd}/ran`, 900);
    const running = start(cwd, run(900));
    running.child.stderr!.pause();
    await ran;
    running.child.stderr!.resume();
    expect((await running.ended).code).toBe(0);
    expect((await trials(cwd, "s")).filter(({ state }) => state === "complete")).toHaveLength(900);
  });

  it.skipIf(!existsSync("/dev/full"))("a full disk under the result is said, code 3", async () => {
    const cwd = folder();
    expect((await attune(cwd, run(2))).code).toBe(0);
    const full = openSync("/dev/full", "w");
    for (const words of [
      ["export", "s"],
      ["trials", "s"],
      ["show", "s"],
    ]) {
      const { status, stderr } = spawnSync(process.execPath, [MAIN, ...words], {
        cwd,
        stdio: ["ignore", full, "pipe"],
      });
      expect(String(stderr)).toMatch(/^attune: the result cannot be written to standard output: ENOSPC[^\n]*\n$/);
      expect(status).toBe(3);
    }
    closeSync(full);
  });
});
