import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { contractJob, startJob } from "../executor.contract.ts";
import { CommandExecutor, type CommandExecutorOptions } from "./command-executor.ts";
import { ownControlGroup } from "./control-group.ts";
import { readProcess } from "./proc.ts";
import { findMarked } from "./process-tree.ts";
import { NO_LIMITS } from "./trial-limits.ts";

const folder = mkdtempSync(join(tmpdir(), "attune-running-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const opened: CommandExecutor[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((executor) => executor.close()));
});
const mark = randomUUID();

function start(shell: string, options: Partial<CommandExecutorOptions> = {}) {
  const environment = { ...process.env, TEST_MARK: mark };
  const executor = new CommandExecutor({ command: { shell }, parameters: [], environment, ...options });
  opened.push(executor);
  return startJob(executor, contractJob({ ending: "value" }));
}

const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;

describe.runIf(process.platform === "linux")("a program that is asked to end", () => {
  it("is let go on for it where it stands still", async () => {
    const job = start("trap 'echo loss=2; exit 0' TERM; echo step 1 loss=7; kill -STOP $$; sleep 1000");
    await job.firstReport;
    job.stop.abort();
    expect(await job.result).toMatchObject({
      state: null,
      values: { loss: 2 },
      end: { outcome: "preempted", exitCode: 0 },
    });
  });

  it("has what its shell started wait for it, that saves its work though the shell is gone", async () => {
    const saved = join(folder, "saved");
    const job = start(`(trap '' TERM; echo step 1 loss=7; sleep 0.4; touch ${saved}; sleep 0.1) & wait`);
    await job.firstReport;
    job.stop.abort();
    expect(await job.result).toMatchObject({ state: null, end: { outcome: "preempted", signal: "SIGTERM" } });
    expect(existsSync(saved)).toBe(true);
    expect(await findMarked([mark])).toEqual([]);
  });

  it("is ended at once where it is to be killed, with whatever it started", async () => {
    const saved = join(folder, "not-saved");
    const job = start(`(trap '' TERM; echo step 1 loss=7; sleep 1000; touch ${saved}) & wait`);
    await job.firstReport;
    job.kill.abort();
    expect(await job.result).toMatchObject({ state: null, end: { outcome: "preempted", signal: "SIGKILL" } });
    expect(await findMarked([mark])).toEqual([]);
    expect(existsSync(saved)).toBe(false);
  });

  it("before it has begun never runs on", async () => {
    const job = start("while :; do sleep 0.05; done");
    job.kill.abort();
    expect(await job.result).toMatchObject({ state: null, end: { outcome: "preempted" } });
    expect(await findMarked([mark])).toEqual([]);
  });

  it("leaves no timer behind when it ends in its grace", async () => {
    const before = timers();
    const limits = { ...NO_LIMITS, time: 0.1, idle: 1000 };
    const job = start("trap 'echo loss=2; exit 0' TERM; while :; do sleep 0.05; done", { limits, graceMs: 100_000 });
    expect(await job.result).toMatchObject({ state: "failed", end: { outcome: "timeout", exitCode: 0 } });
    await opened.splice(0)[0]!.close();
    // The test runner has timers of its own, which may end meanwhile.
    expect(timers()).toBeLessThanOrEqual(before);
  });
});

describe.runIf(process.platform === "linux")("what a program leaves", () => {
  it("is ended with it, though it holds neither pipe nor session", async () => {
    const job = start("sleep 1000 >/dev/null 2>&1 & echo loss=1");
    expect(await job.result).toMatchObject({ state: "complete", values: { loss: 1 } });
    // Killed by then, though it may take a moment to be gone.
    while ((await findMarked([mark])).length > 0) await new Promise((resolve) => setImmediate(resolve));
  });

  it("is ended where it holds the pipes in silence, and what it printed before counts", async () => {
    const job = start("sleep 1000 & echo step 1 loss=7; echo step 2 loss=1; exit 0", { drainMs: 50 });
    expect(await job.result).toMatchObject({ state: "complete", values: { loss: 1 }, end: { exitCode: 0 } });
    expect(job.reports).toHaveLength(2);
    expect(await findMarked([mark])).toEqual([]);
  });

  it("is not waited for where it holds the pipes and cannot be found", async () => {
    const file = join(folder, "daemon");
    // In a session of its own, without a mark, and back in the tuner's group.
    const daemon = `echo $$ > "$0/cgroup.procs" 2>/dev/null; echo $$ > ${file}; exec sleep 1000`;
    const begin = `setsid env -i /bin/sh -c '${daemon}' '${ownControlGroup() ?? folder}' &`;
    const job = start(`${begin} until [ -s ${file} ]; do sleep 0.01; done; echo loss=1`, { drainMs: 20 });
    expect(await job.result).toMatchObject({ state: "complete", values: { loss: 1 }, end: { exitCode: 0 } });
    expect(process.kill(Number(readFileSync(file, "utf8")), "SIGKILL")).toBe(true);
  });

  /** A daemon in a session of its own, without a mark, and back in the tuner's group, that does so with the program's output. */
  const hidden = (name: string, does: string): string => {
    const file = join(folder, name);
    const daemon = `echo $$ > "$0/cgroup.procs" 2>/dev/null; echo $$ > ${file}; ${does}`;
    return `setsid env -i PATH="$PATH" /bin/sh -c '${daemon}' '${ownControlGroup() ?? folder}' & until [ -s ${file} ]; do sleep 0.01; done`;
  };

  it("is read for as long as it prints where it holds the pipes and cannot be found", async () => {
    const fifo = join(folder, "fifo");
    execFileSync("mkfifo", [fifo]);
    const job = start(`${hidden("copies", `exec cat ${fifo}`)}; echo step 1 loss=7`, { drainMs: 1_000 });
    const to = createWriteStream(fifo);
    await once(to, "open");
    await job.firstReport;
    for (let step = 2; step <= 130; step++) {
      to.write(`step ${step} loss=${step}\n`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    to.end();
    expect(await job.result).toMatchObject({ state: "complete", values: { loss: 130 } });
    expect(job.reports).toHaveLength(130);
  });

  it("is not waited for without end where it prints on and cannot be found", async () => {
    const prints = "while :; do echo more || exit; sleep 0.005; done";
    const job = start(`${hidden("prints", prints)}; echo loss=1`, { drainMs: 10 });
    expect(await job.result).toMatchObject({ state: "complete", values: { loss: 1 } });
    const pid = Number(readFileSync(join(folder, "prints"), "utf8"));
    // Nobody reads what it prints, which ends it at last.
    while (readProcess(pid, "cmdline")?.toString().startsWith("/bin/sh\0"))
      await new Promise((resolve) => setTimeout(resolve, 5));
  });
});
