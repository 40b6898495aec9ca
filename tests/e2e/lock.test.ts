import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { folder, start, trials } from "./attune.ts";

const HOLDER = fileURLToPath(new URL("../../src/storage/sqlite/lock-holder.testing.ts", import.meta.url));
/** Each trial waits until the test lets it end. */
const PROGRAM = ["--", "sh", "-c", "while [ ! -e go ]; do sleep 0.05; done; echo loss=1", "x", "{x: 0..1}"];
const RUN = ["run", "--study", "s", "--minimize", "loss", "--sampler", "random", "--trials", "2", ...PROGRAM];

/** A process that stands still in the midst of a commit, as after Ctrl-Z. */
async function holdStopped(cwd: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [HOLDER, "attune.db"], { cwd });
  await once(child.stdout, "data");
  child.kill("SIGSTOP");
  return child;
}

describe.skipIf(!existsSync("/proc/locks"))("a peer that stands still with the lock", () => {
  it("is named, what was evaluated waits for it, and nothing runs again", async () => {
    const cwd = folder();
    const run = start(cwd, RUN);
    await run.wrote("new study s");
    while (!existsSync(join(cwd, "attune.db.files", "1"))) await new Promise((resolve) => setTimeout(resolve, 20));
    const holder = await holdStopped(cwd);
    await once(spawn("touch", ["go"], { cwd }), "exit");
    await run.wrote(`kill -CONT ${holder.pid}`);
    holder.kill("SIGCONT");
    holder.stdin!.end();
    const ended = await run.ended;
    expect(ended.code).toBe(0);
    expect(ended.err).toContain(
      `attune.db is locked by process ${holder.pid} (node lock-holder.testing.ts), which stands still`,
    );
    expect((await trials(cwd, "s")).map(({ state, attempts }) => [state, attempts])).toEqual([
      ["complete", 1],
      ["complete", 1],
    ]);
  });

  it("does not keep a run from ending at the third signal", async () => {
    const cwd = folder();
    const run = start(cwd, RUN);
    await run.wrote("new study s");
    const holder = await holdStopped(cwd);
    const timer = setInterval(() => run.child.kill("SIGINT"), 300);
    const ended = await run.ended;
    clearInterval(timer);
    holder.kill("SIGKILL");
    expect(ended.code).toBe(130);
  });
});
