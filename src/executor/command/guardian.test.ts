import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { Guardian } from "./guardian.ts";
import { LAUNCHER_OF } from "./helper-mark.ts";
import { findMarked, killMarked } from "./process-tree.ts";

/** Reports once, then runs on with a child in its group and one in a session of its own that holds nothing. */
const TREE = "setsid sleep 1000 </dev/null >/dev/null 2>&1 & sleep 1000 & echo step 1 loss=1; trap '' TERM; wait";

let mark = randomUUID();

/** A tuner in its own group, whose programs (and itself, but no guardian) carry `mark`. */
function startTuner(workers: number, jobs: number, argv: readonly string[], fault = ""): ChildProcess {
  mark = randomUUID();
  return spawn(process.execPath, [join(import.meta.dirname, "tuner.testing.ts"), `${workers}`, `${jobs}`, ...argv], {
    detached: true,
    env: { ...process.env, TEST_MARK: mark, ATTUNE_FAULT: fault },
    stdio: ["ignore", "pipe", "inherit"],
  });
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(5);
}

async function reported(tuner: ChildProcess, times: number): Promise<void> {
  let text = "";
  for await (const chunk of tuner.stdout!.iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    if (text.split("reported").length > times) return;
  }
}

const nobodyLeft = async (): Promise<boolean> => (await findMarked([mark])).length === 0;

/** What `read` reads of a process, or `gone` when the process has just ended. */
function orGone<T>(read: () => T, gone: T): T {
  try {
    return read();
  } catch (error) {
    expect(error).toMatchObject({ code: expect.stringMatching(/ENOENT|ESRCH/) });
    return gone;
  }
}

function commandLine(pid: number | string): string {
  return orGone(() => readFileSync(`/proc/${pid}/cmdline`, "utf8"), "");
}

function isGuardian(pid: number | string): boolean {
  return commandLine(pid).includes("\0attune-guardian\0");
}

/** Ids of the living guardians that are children of this process. */
function guardiansOf(parent: number): readonly number[] {
  const parentOf = (pid: string): string | undefined =>
    orGone(() => readFileSync(`/proc/${pid}/stat`, "utf8"), "")
      .split(") ")[1]
      ?.split(" ")[1];
  return readdirSync("/proc")
    .filter((pid) => /^\d+$/.test(pid) && isGuardian(pid) && parentOf(pid) === String(parent))
    .map(Number);
}

/** What a process has open, without what the surroundings of this test hand down to everybody. */
function filesOf(pid: number): readonly string[] {
  const open = (of: number | string): readonly string[] =>
    readdirSync(`/proc/${of}/fd`).map((fd) => orGone(() => readlinkSync(`/proc/${of}/fd/${fd}`), "gone"));
  const handedDown = new Set(open(process.ppid).filter((file) => file.startsWith("pipe:")));
  return open(pid)
    .filter((file) => file !== "gone" && !handedDown.has(file))
    .map((file) => file.replace(/:.*/, ""))
    .sort();
}

afterEach(async () => {
  await killMarked([mark]);
});

describe.runIf(process.platform === "linux")("Guardian", () => {
  it("is started once, and no more when it has been ended", async () => {
    const before = guardiansOf(process.pid).length;
    const guardian = new Guardian(randomUUID());
    guardian.start();
    const { pid } = guardian;
    guardian.start();
    expect(guardian.pid).toBe(pid);
    expect(guardiansOf(process.pid)).toHaveLength(before + 1);
    guardian.end();
    guardian.start();
    await until(() => guardiansOf(process.pid).length === before);
    expect(guardian.pid).toBeNull();
  });

  it("ends every program when the tuner's whole group is killed", async () => {
    const tuner = startTuner(3, 3, ["sh", "-c", TREE]);
    await reported(tuner, 3);
    expect((await findMarked([mark])).length).toBeGreaterThanOrEqual(10);
    process.kill(-tuner.pid!, "SIGKILL");
    await once(tuner, "close");
    await until(nobodyLeft);
  });

  it.each(["before-spawn", "after-spawn", "after-guardian-add", "before-exit-record"])(
    "leaves nothing when the tuner dies at %s",
    async (point) => {
      const command = point === "before-exit-record" ? "setsid sleep 1000 >/dev/null 2>&1 & echo loss=1" : TREE;
      const tuner = startTuner(1, 3, ["sh", "-c", command], `executor.${point}:1`);
      const [, signal] = await once(tuner, "exit");
      expect(signal).toBe("SIGKILL");
      await until(nobodyLeft);
    },
  );

  it("leaves nothing when the tuner dies at any moment", async () => {
    const moments = Array.from({ length: 12 }, (_, i) => i * 4);
    for (const ms of moments) {
      const tuner = startTuner(4, 1_000, ["sh", "-c", "setsid sleep 1000 >/dev/null 2>&1 & echo step 1 loss=1"]);
      await reported(tuner, 1);
      await delay(ms);
      process.kill(tuner.pid!, "SIGKILL");
      await once(tuner, "close");
      await until(nobodyLeft);
    }
  });

  it("outlives signals to itself, and is replaced when it is killed", async () => {
    const tuner = startTuner(1, 1, ["sh", "-c", TREE]);
    await reported(tuner, 1);
    const [first] = guardiansOf(tuner.pid!);
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.kill(first!, signal);
    process.kill(first!, "SIGKILL");
    await until(() => guardiansOf(tuner.pid!).some((pid) => pid !== first));
    process.kill(tuner.pid!, "SIGKILL");
    await until(nobodyLeft);
  });

  it("goes on guarding after Ctrl-C, a hang-up and a polite end", async () => {
    const tuner = startTuner(1, 1, ["sh", "-c", TREE]);
    await reported(tuner, 1);
    const [guardian] = guardiansOf(tuner.pid!);
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.kill(guardian!, signal);
    process.kill(tuner.pid!, "SIGKILL");
    await until(nobodyLeft);
    await until(() => !isGuardian(guardian!));
  });

  it("ends a tuner that runs inside a trial, with all its programs", async () => {
    const inner = [process.execPath, join(import.meta.dirname, "tuner.testing.ts"), "1", "1", "sh", "-c", TREE];
    const tuner = startTuner(1, 1, inner);
    const sleepers = async (): Promise<number> =>
      (await findMarked([mark])).filter((pid) => commandLine(pid).startsWith("sleep\0")).length;
    await until(async () => (await sleepers()) === 2);
    process.kill(tuner.pid!, "SIGKILL");
    await until(nobodyLeft);
  });

  it("holds nothing of the user's, and its pipe reaches no program", async () => {
    const tuner = startTuner(2, 2, ["sh", "-c", TREE]);
    await reported(tuner, 2);
    const [guardian] = guardiansOf(tuner.pid!);
    expect(filesOf(guardian!)).toEqual(["/dev/null", "/dev/null", "socket"]);
    const programs = (await findMarked([mark])).filter(
      (pid) => pid !== tuner.pid && commandLine(pid).startsWith("sh\0"),
    );
    expect(programs.length).toBeGreaterThanOrEqual(2);
    for (const pid of programs) expect(filesOf(pid).length).toBe(3);
    expect(readlinkSync(`/proc/${guardian}/cwd`)).toBe("/");
    process.kill(-tuner.pid!, "SIGKILL");
    await until(nobodyLeft);
  });

  it("goes with the tuner at a normal end", async () => {
    const gate = join(tmpdir(), `attune-gate-${randomUUID()}`);
    execFileSync("mkfifo", [gate]);
    const tuner = startTuner(1, 1, ["sh", "-c", `echo step 1 loss=1; read -r line < ${gate}`]);
    await reported(tuner, 1);
    const [guardian] = guardiansOf(tuner.pid!);
    writeFileSync(gate, "go\n");
    const [code] = await once(tuner, "exit");
    rmSync(gate);
    expect(code).toBe(0);
    await until(() => !isGuardian(guardian!));
  });

  it("is replaced though nothing runs yet, ten times in a row at most, as something seems to end it each time", async () => {
    const told: number[] = [];
    const guardian = new Guardian(randomUUID(), (pid) => told.push(pid));
    guardian.start();
    const lives = new Set<number>();
    for (let life = 0; life < 10; life++) {
      const { pid } = guardian;
      lives.add(pid!);
      process.kill(pid!, "SIGKILL");
      await until(() => guardian.pid !== pid);
    }
    expect(lives.size).toBe(10);
    expect(told).toEqual([...lives]);
    expect(guardian.pid).toBeNull();
    guardian.start();
    expect(guardian.pid).toBeNull();
  });

  it("is replaced as often as programs come to their end meanwhile", async () => {
    const guardian = new Guardian(randomUUID());
    guardian.start();
    for (let life = 0; life < 12; life++) {
      const { pid } = guardian;
      guardian.add(1_999_999_999);
      guardian.remove(1_999_999_999);
      process.kill(pid!, "SIGKILL");
      await until(() => guardian.pid !== pid);
    }
    expect(guardian.pid).not.toBeNull();
    guardian.end();
  });

  it.each(["end", "abandon"] as const)("goes on %s though it stands still", async (way) => {
    const guardian = new Guardian(randomUUID());
    guardian.start();
    const pid = guardian.pid!;
    process.kill(pid, "SIGSTOP");
    guardian[way]();
    await until(() => !isGuardian(pid));
  });

  it.each([
    ["is woken until it is gone", "kill -STOP $$; kill -STOP $$; kill -STOP $$"],
    ["is killed when it stops over and over", "while :; do kill -STOP $$; done"],
  ])("lets no launcher stay: one that stands still %s", async (_how, script) => {
    const mark = `attune-${randomUUID()}`;
    const launcher = spawn("sh", ["-c", script], { env: { [LAUNCHER_OF]: mark }, detached: true });
    const other = spawn("sh", ["-c", script], { env: { [LAUNCHER_OF]: `${mark}0` }, detached: true });
    const gone = once(launcher, "exit");
    const guardian = new Guardian(`${mark}-ab`);
    guardian.wakes(launcher.pid!);
    guardian.start();
    guardian.abandon();
    await gone;
    expect(other.exitCode ?? other.signalCode).toBeNull();
    other.kill("SIGKILL");
    await once(other, "exit");
  });

  it("forgets groups that are gone", async () => {
    const guardian = new Guardian(randomUUID());
    guardian.start();
    const { pid } = guardian;
    const kept = spawn("sleep", ["1000"], { detached: true });
    const ended = spawn("sleep", ["1000"], { detached: true });
    for (const group of [kept.pid!, ended.pid!, 1_999_999_999]) guardian.add(group);
    guardian.remove(kept.pid!);
    guardian.remove(77);
    process.kill(pid!, 0);
    guardian.abandon();
    await once(ended, "exit");
    expect(kept.exitCode ?? kept.signalCode).toBeNull();
    kept.kill("SIGKILL");
    await once(kept, "exit");
  });
});
