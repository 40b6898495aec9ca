import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { contractJob, startJob } from "../executor.contract.ts";
import { CommandExecutor } from "./command-executor.ts";
import { Launcher } from "./launcher.ts";
import { findMarked } from "./process-tree.ts";

const folder = mkdtempSync(join(tmpdir(), "attune-launcher-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let opened: CommandExecutor | null = null;
afterEach(async () => {
  await opened?.close();
});

function open(shell: string): { executor: CommandExecutor; launcher: Launcher; mark: string } {
  const launcher = new Launcher();
  const mark = randomUUID();
  const environment = { ...process.env, TEST_MARK: mark };
  opened = new CommandExecutor({ command: { shell }, parameters: [], environment, launcher });
  return { executor: opened, launcher, mark };
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(5);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    expect(error).toMatchObject({ code: "ESRCH" });
    return false;
  }
}

const job = contractJob({ ending: "value" });
const HANGING = "echo step 1 loss=7; trap '' TERM; while :; do sleep 1000; done";

describe.runIf(process.platform === "linux")("Launcher", () => {
  it("is the parent of the programs, ends with the executor, and lets signals to all processes pass", async () => {
    const { executor, launcher, mark } = open(`echo step 1 loss=7; echo $PPID > ${folder}/parent; exec sleep 1000`);
    const running = startJob(executor, job);
    await running.firstReport;
    const pid = launcher.pid!;
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.kill(pid, signal);
    const parent = join(folder, "parent");
    await until(() => existsSync(parent) && readFileSync(parent, "utf8") === `${pid}\n`);
    running.stop.abort();
    await running.result;
    expect(isAlive(pid)).toBe(true);
    await executor.close();
    await until(() => !isAlive(pid));
    expect(await findMarked([mark])).toEqual([]);
  });

  it("takes its programs along when it is killed; they are tried again, with another one", async () => {
    const flag = join(folder, "second");
    const { executor, launcher, mark } = open(`[ -e ${flag} ] && { echo loss=2; exit; }; touch ${flag}; ${HANGING}`);
    const first = startJob(executor, job);
    await first.firstReport;
    const { pid } = launcher;
    process.kill(pid!, "SIGKILL");
    const result = await first.result;
    expect(result).toMatchObject({ state: null, end: { outcome: "lost", exitCode: null } });
    expect(result.end.message).toMatch(/The process that had started the program was killed/);
    expect(await findMarked([mark])).toEqual([]);
    expect(await startJob(executor, job).result).toMatchObject({ state: "complete", values: { loss: 2 } });
    expect(launcher.pid).not.toBe(pid);
  });

  it("gives up when it is killed again and again", async () => {
    const { executor, launcher } = open(HANGING);
    const lives: (string | null)[] = [];
    for (let life = 0; life < 10; life++) {
      const running = startJob(executor, job);
      process.kill(launcher.pid ?? (await started(launcher)), "SIGKILL");
      lives.push((await running.result).state);
    }
    expect(lives).toEqual(Array(10).fill(null));
    await expect(startJob(executor, job).result).rejects.toThrow(
      /was killed 10 times in a row; see whether a program kills its parent/,
    );
  });

  it.each(["stop", "kill"] as const)("tells the end of its programs on %s, though it stood still", async (way) => {
    const { executor, launcher, mark } = open("echo step 1 loss=7; exec sleep 1000");
    const running = startJob(executor, job);
    await running.firstReport;
    process.kill(launcher.pid!, "SIGSTOP");
    running[way].abort();
    expect(await running.result).toMatchObject({ state: null, end: { outcome: "preempted" } });
    expect(await findMarked([mark])).toEqual([]);
  });

  it("tells the end of a program that stopped it before it had told of the start", async () => {
    const { executor, mark } = open("kill -STOP $PPID; exec sleep 1000");
    const running = startJob(executor, job);
    await until(async () => (await findMarked([mark])).length > 0);
    running.kill.abort();
    expect(await running.result).toMatchObject({ state: null, end: { outcome: "preempted" } });
    expect(await findMarked([mark])).toEqual([]);
  });

  it("tells the end of a program that stops it when it is asked to end", async () => {
    const { executor, mark } = open(
      "trap 'kill -STOP $PPID; exit 0' TERM; echo step 1 loss=7; while :; do sleep 0.01; done",
    );
    const running = startJob(executor, job);
    await running.firstReport;
    running.stop.abort();
    await running.result;
    expect(await findMarked([mark])).toEqual([]);
  });

  it("lets programs be ended before the tuner when memory runs out, what they start at once too", async () => {
    const scores = join(folder, "scores");
    const { executor, launcher } = open(`cat /proc/self/oom_score_adj > ${scores}; echo loss=1`);
    await startJob(executor, job).result;
    const own = readFileSync("/proc/self/oom_score_adj", "utf8");
    expect(Number(readFileSync(scores, "utf8"))).toBe(Math.min(1000, Number(own) + 500));
    expect(readFileSync(`/proc/${launcher.pid}/oom_score_adj`, "utf8")).toBe(own);
  });

  it("ends when the tuner closes its end", async () => {
    const launcher = new Launcher();
    launcher.start();
    const pid = launcher.pid!;
    launcher.end();
    await until(() => !isAlive(pid));
  });
});

async function started(launcher: Launcher): Promise<number> {
  await until(() => launcher.pid !== null);
  return launcher.pid!;
}
