import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { contractJob, startJob } from "../executor.contract.ts";
import { CommandExecutor } from "./command-executor.ts";
import { ownControlGroup } from "./control-group.ts";
import type { Launch } from "./launch.ts";
import { type LaunchedProgram, Launcher } from "./launcher.ts";
import { readStat } from "./process-stat.ts";
import { findMarked } from "./process-tree.ts";
import { createHelpers } from "./run-helpers.ts";

const folder = mkdtempSync(join(tmpdir(), "attune-launcher-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let opened: CommandExecutor | null = null;
afterEach(async () => {
  await opened?.close();
});

function open(shell: string): { executor: CommandExecutor; launcher: Launcher; mark: string } {
  const helpers = createHelpers();
  const mark = randomUUID();
  const environment = { ...process.env, TEST_MARK: mark };
  opened = new CommandExecutor({ command: { shell }, parameters: [], environment, helpers });
  return { executor: opened, launcher: helpers.launcher, mark };
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

  it("starts a program though it was stopped before, and tells of one that ended meanwhile", async () => {
    const { executor, launcher } = open("echo loss=1");
    await startJob(executor, job).result;
    process.kill(launcher.pid!, "SIGSTOP");
    expect(await startJob(executor, job).result).toMatchObject({ state: "complete" });
    const gate = join(folder, `gate-${randomUUID()}`);
    const waiting = open(`echo step 1 loss=7; until [ -e ${gate} ]; do sleep 0.01; done; echo loss=1`);
    const running = startJob(waiting.executor, job);
    await running.firstReport;
    process.kill(waiting.launcher.pid!, "SIGSTOP");
    writeFileSync(gate, "");
    expect(await running.result).toMatchObject({ state: "complete", values: { loss: 1 } });
    await executor.close();
  });

  it("is let go on whenever it is stopped, as long as a program runs", async () => {
    const launcher = new Launcher();
    const gate = join(folder, `gate-${randomUUID()}`);
    const program = launched(launcher, { args: ["-c", `until [ -e ${gate} ]; do sleep 0.01; done`] });
    await program.begun;
    for (let time = 0; time < 3; time++) {
      process.kill(launcher.pid!, "SIGSTOP");
      // Nobody answers who stands still.
      await program.program.look();
    }
    writeFileSync(gate, "");
    await program.closed;
    launcher.end();
  });

  it("lets programs be ended before the tuner when memory runs out, what they start at once too", async () => {
    const scores = join(folder, "scores");
    const { executor, launcher } = open(`cat /proc/self/oom_score_adj > ${scores}; echo loss=1`);
    await startJob(executor, job).result;
    const own = readFileSync("/proc/self/oom_score_adj", "utf8");
    expect(Number(readFileSync(scores, "utf8"))).toBe(Math.min(1000, Number(own) + 500));
    expect(readFileSync(`/proc/${launcher.pid}/oom_score_adj`, "utf8")).toBe(own);
  });

  it("lets a guardian that stands still go on when the tuner has gone", async () => {
    const launcher = new Launcher();
    launcher.start();
    const guardian = spawn("sleep", ["1000"]);
    const isStopped = (): boolean => readFileSync(`/proc/${guardian.pid}/stat`, "utf8").includes(") T ");
    guardian.kill("SIGSTOP");
    await until(isStopped);
    launcher.wakes(guardian.pid!);
    launcher.end();
    await until(() => !isStopped());
    guardian.kill("SIGKILL");
  });

  it("ends though it stood still when the tuner let it go", async () => {
    const launcher = new Launcher();
    launcher.start();
    const pid = launcher.pid!;
    process.kill(pid, "SIGSTOP");
    launcher.end();
    await until(() => !isAlive(pid));
  });

  it("knows the guardian that is to be let go on when it takes the place of another launcher", async () => {
    const told: (number | null)[][] = [];
    const launcher = new Launcher((...started) => told.push(started.slice(0, 1) as number[]));
    const guardian = spawn("sleep", ["1000"]);
    const isStopped = (): boolean => readFileSync(`/proc/${guardian.pid}/stat`, "utf8").includes(") T ");
    launcher.start();
    launcher.wakes(guardian.pid!);
    const first = launcher.pid!;
    process.kill(first, "SIGKILL");
    await until(() => launcher.pid === null);
    launcher.start();
    const second = launcher.pid!;
    expect(told).toEqual([[first], [second]]);
    guardian.kill("SIGSTOP");
    await until(isStopped);
    launcher.end();
    await until(() => !isStopped());
    guardian.kill("SIGKILL");
  });

  it("ends when the tuner closes its end", async () => {
    const launcher = new Launcher();
    launcher.start();
    const pid = launcher.pid!;
    launcher.end();
    await until(() => !isAlive(pid));
  });
});

/** A program of its own launcher, and what is told of it: kinds, and the output of each stream. */
function launched(launcher: Launcher, launch: Partial<Launch> & Pick<Launch, "args">) {
  const told: string[] = [];
  const output = { stdout: "", stderr: "" };
  const closed = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<number>();
  const events = {
    started: (pid: number): void => {
      told.push("started");
      begun.resolve(pid);
    },
    failed: (error: Error): void => {
      told.push(`failed ${"code" in error ? error.code : ""}`);
      closed.resolve();
    },
    output: (stream: "stdout" | "stderr", chunk: Buffer): void => {
      output[stream] += chunk.toString();
    },
    exited: (code: number | null, signal: NodeJS.Signals | null): void => void told.push(`exited ${code ?? signal}`),
    closed: (): void => {
      told.push("closed");
      closed.resolve();
    },
    lost: (): void => void told.push("lost"),
  };
  const whole = { file: "/bin/sh", cwd: folder, variables: {}, stdin: null, nice: 0, ...launch };
  const program: LaunchedProgram = launcher.launch(whole, events);
  return { told, output, program, begun: begun.promise, closed: closed.promise };
}

describe.runIf(process.platform === "linux")("what a launcher tells", () => {
  let launcher = new Launcher();
  afterEach(() => {
    launcher.end();
    launcher = new Launcher();
  });
  const sh = (script: string): { args: readonly string[] } => ({ args: ["-c", script] });

  it("is start, exit and end, each once and in this order, however many are launched at once", async () => {
    const programs = [3, 4, 5, 6].map((code) => launched(launcher, sh(`echo out ${code}; echo err >&2; exit ${code}`)));
    await Promise.all(programs.map(({ closed }) => closed));
    for (const [k, { told, output }] of programs.entries()) {
      expect(told).toEqual(["started", `exited ${k + 3}`, "closed"]);
      expect(output).toEqual({ stdout: `out ${k + 3}\n`, stderr: "err\n" });
    }
  });

  it("is the failure alone of what does not start, and the others go on", async () => {
    const none = launched(launcher, { file: "/no/such/program", args: [] });
    const nul = launched(launcher, { args: ["a\0b"] });
    const other = launched(launcher, sh("kill -TERM $$"));
    await Promise.all([none.closed, nul.closed, other.closed]);
    expect(none.told).toEqual(["failed ENOENT"]);
    expect(nul.told).toEqual(["failed ERR_INVALID_ARG_VALUE"]);
    expect(other.told).toEqual(["started", "exited SIGTERM", "closed"]);
  });

  it("is no end as long as a program lives that has closed its output", async () => {
    const gate = join(folder, `gate-${randomUUID()}`);
    const first = launched(launcher, sh(`exec >&- 2>&-; until [ -e ${gate} ]; do sleep 0.01; done; exit 9`));
    await first.begun;
    await launched(launcher, sh("sleep 0.1")).closed;
    await first.program.look();
    expect(first.told).toEqual(["started"]);
    writeFileSync(gate, "");
    await first.closed;
    expect(first.told).toEqual(["started", "exited 9", "closed"]);
  });

  it("is no end as long as somebody holds a program's output", async () => {
    const gate = join(folder, `gate-${randomUUID()}`);
    const held = launched(launcher, sh(`(until [ -e ${gate} ]; do sleep 0.01; done; echo late) & exit 0`));
    await until(() => held.told.length === 2);
    await held.program.look();
    expect(held.told).toEqual(["started", "exited 0"]);
    writeFileSync(gate, "");
    await held.closed;
    expect(held.output.stdout).toBe("late\n");
    expect(held.told).toEqual(["started", "exited 0", "closed"]);
  });

  it("is no output while a program is paused, all of it after that, and none that was given up", async () => {
    const [go, gate] = [join(folder, `go-${randomUUID()}`), join(folder, `gate-${randomUUID()}`)];
    const script = `until [ -e ${go} ]; do sleep 0.01; done; seq 100000; : > ${gate}`;
    const paused = launched(launcher, sh(script));
    const free = launched(launcher, sh("seq 100000"));
    await paused.begun;
    paused.program.pause();
    writeFileSync(go, "");
    await free.closed;
    expect(free.output.stdout.split("\n")).toHaveLength(100_001);
    // More than a pipe holds, so that it waits.
    expect(existsSync(gate)).toBe(false);
    paused.program.resume();
    await paused.closed;
    expect(paused.output.stdout).toBe(free.output.stdout);
    const endless = launched(launcher, sh("trap '' PIPE; while :; do echo more || exit 7; done"));
    await until(() => endless.output.stdout !== "");
    endless.program.abandon();
    await endless.closed;
    expect(endless.told).toEqual(["started", "exited 7", "closed"]);
  });

  it("answers looks also when the tuner was slow to take what was printed", async () => {
    const flood = launched(launcher, sh("exec yes"));
    await flood.begun;
    for (let time = 0; time < 5; time++) {
      const looked = flood.program.look();
      // Meanwhile the launcher finds no room for more.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
      await looked;
    }
    flood.program.abandon();
    await flood.closed;
    expect(flood.told.at(-1)).toBe("closed");
  });

  it("is what a program makes of its input, its variables and those of all", async () => {
    launcher.setEnvironment({ PATH: process.env.PATH, ALL: "1", BOTH: "2" });
    const variables = { ONE: "3", BOTH: "4" };
    const fed = launched(launcher, { ...sh("cat; echo $ALL $BOTH $ONE"), stdin: "given, ", variables });
    await fed.closed;
    expect(fed.output.stdout).toBe("given, 1 4 3\n");
    const deaf = launched(launcher, { ...sh("exec <&-; exit 0"), stdin: "x".repeat(1_000_000) });
    await deaf.closed;
    expect(deaf.told).toEqual(["started", "exited 0", "closed"]);
  });

  it("is nothing of what a program started, which ends with it though it is in no group of the launcher's", async () => {
    const leave = `echo $$ > "${ownControlGroup() ?? folder}/cgroup.procs"`;
    const running = launched(launcher, sh(`${leave} 2>/dev/null; sleep 1000 & echo $!; wait`));
    await until(() => running.output.stdout.endsWith("\n"));
    const child = Number(running.output.stdout);
    expect(isAlive(child)).toBe(true);
    launcher.end();
    await until(() => readStat(child)?.name !== "sleep" || /[ZX]/.test(readStat(child)!.state));
  });

  it("is nothing any more of programs that are ended with it", async () => {
    const running = launched(launcher, sh("sleep 1000"));
    const pid = await running.begun;
    launcher.end();
    await until(() => !isAlive(pid));
    expect(running.told).toEqual(["started"]);
  });
});

async function started(launcher: Launcher): Promise<number> {
  await until(() => launcher.pid !== null);
  return launcher.pid!;
}
