import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, watch, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, afterEach, expect, it } from "vitest";
import { contractJob, startJob, wakeJob } from "../executor.contract.ts";
import type { FrozenJob } from "../executor.ts";
import { CommandExecutor, type CommandExecutorOptions } from "./command-executor.ts";
import { isControlGroupFrozen, ownControlGroup } from "./control-group.ts";
import { frozenMemory } from "./frozen-memory.ts";
import { readProcess } from "./proc.ts";
import { readStat } from "./process-stat.ts";
import { findMarked } from "./process-tree.ts";

const linux = it.runIf(process.platform === "linux");
const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "attune-freezing-")));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const opened: CommandExecutor[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((executor) => executor.close()));
});

/** Counts in a file of its own, and tells each number. */
const COUNT = `i=0; while :; do i=$((i+1)); echo $i >> $COUNTED; echo "step $i loss=$i"; sleep 0.01; done`;

function start(shell: string, options: Partial<CommandExecutorOptions> = {}, variables: Record<string, string> = {}) {
  const [mark, numbersFile] = [randomUUID(), path.join(folder, randomUUID())];
  const executor = new CommandExecutor({
    command: { shell },
    parameters: [],
    environment: { ...process.env, TEST_MARK: mark, COUNTED: numbersFile, ...variables },
    graceMs: 2_000,
    ...options,
  });
  opened.push(executor);
  const numbers = (): readonly number[] =>
    existsSync(numbersFile) ? readFileSync(numbersFile, "utf8").trim().split("\n").map(Number) : [];
  return { ...startJob(executor, contractJob({ ending: "value" })), executor, mark, numbersFile, numbers };
}

async function frozen(asked: Pick<ReturnType<typeof startJob>, "result" | "freeze" | "unfrozen">) {
  asked.freeze.abort();
  const why = await Promise.race([asked.result.then(() => null), asked.unfrozen]);
  expect(why).toBe(null);
  const { frozen: job, state, end } = await asked.result;
  expect([state, end.outcome]).toEqual([null, "paused"]);
  return job as FrozenJob;
}

/** Ids of processes with that mark that do not stand still. */
async function running(mark: string): Promise<readonly number[]> {
  const found = await findMarked([mark]);
  // Who waits for a program that was stopped before it ran (vfork) is in state D.
  return found.filter((pid) => !/^[TZXD]/.test(readStat(pid)?.state ?? "X") && !isBoxed(pid));
}

function isBoxed(pid: number): boolean {
  const own = /^0::(.*)$/m.exec(readProcess(pid, "cgroup")?.toString() ?? "")?.[1] ?? "";
  const mount = ownControlGroup();
  return mount !== null && isControlGroupFrozen(path.join(mount, own.split("/").slice(-3).join("/")));
}

/** Until the file has changed once more. */
async function changed(file: string): Promise<void> {
  const watcher = watch(file);
  await once(watcher, "change");
  watcher.close();
}

linux("a program that knows nothing of it stands still, and goes on where it was", async () => {
  const job = start(COUNT);
  await job.firstReport;
  const kept = await frozen(job);
  expect(await running(job.mark)).toEqual([]);
  expect(kept.bytes).toBeGreaterThan(100_000);
  const [before, told] = [job.numbers(), job.reports.length];
  const memory = await frozenMemory();
  expect(memory.frozen).toBeGreaterThanOrEqual(kept.bytes / 2);
  expect(memory.total).toBeGreaterThan(memory.frozen);
  expect([job.numbers().length, job.reports.length]).toEqual([before.length, told]);
  const again = wakeJob(kept);
  await again.firstReport;
  const twice = await frozen(again);
  const last = wakeJob(twice);
  await last.firstReport;
  last.stop.abort();
  expect(await last.result).toMatchObject({ state: null, end: { outcome: "preempted" } });
  // None is told twice, and none is left out but what it had no time to say at its end.
  const steps = [job, again, last].flatMap(({ reports }) => reports.map(([step]) => step));
  expect(steps).toEqual(steps.map((_, k) => k + 1));
  expect(job.numbers().length - steps.length).toBeLessThanOrEqual(1);
  await kept.over;
  expect(await findMarked([job.mark])).toEqual([]);
});

linux.each([
  ["a child in a session of its own", `setsid sh -c '${COUNT}' & wait`],
  ["a grand-child whose parent is gone", `(setsid sh -c '${COUNT}' &) ; while :; do sleep 0.01; done`],
  ["a program under a time limit", `timeout 100 sh -c '${COUNT}'`],
  [
    "programs that start others all the time",
    `(while :; do sh -c 'sh -c true; sh -c true'; done) & (while :; do setsid sh -c 'sh -c true'; done) & ${COUNT}`,
  ],
])("%s stands still as well", async (_what, shell) => {
  const job = start(shell);
  await job.firstReport;
  const kept = await frozen(job);
  expect(await running(job.mark)).toEqual([]);
  const before = job.numbers();
  const again = wakeJob(kept);
  await again.firstReport;
  const steps = [...job.reports, ...again.reports].map(([step]) => step);
  expect(steps).toEqual(steps.map((_, k) => k + 1));
  expect(job.numbers().slice(0, before.length)).toEqual(before);
  await job.executor.close();
  expect(await findMarked([job.mark])).toEqual([]);
});

linux("by signals alone where there is no control group", async () => {
  const pid = path.join(folder, randomUUID());
  // In the tuner's own control group, whatever the launcher made.
  const own = ownControlGroup();
  const leave = own === null ? ":" : `(echo $$ > ${own}/cgroup.procs) 2>/dev/null`;
  const job = start(`${leave}; echo $$ > ${pid}; ${COUNT}`);
  await job.firstReport;
  const kept = await frozen(job);
  // D: it was stopped while its child had not become another program yet (vfork).
  expect(readStat(Number(readFileSync(pid, "utf8")))?.state).toMatch(/^[TD]$/);
  expect(await running(job.mark)).toEqual([]);
  const again = wakeJob(kept);
  await again.firstReport;
  while ((await running(job.mark)).length === 0) await delay(5);
});

linux("what had stopped by itself stays so", async () => {
  const pid = path.join(folder, randomUUID());
  const job = start(
    `sh -c 'kill -STOP $$; echo went on >> $COUNTED' & echo $! > ${pid}; sleep 0.1; echo loss=1; while :; do sleep 0.01; echo loss=2; done`,
  );
  await job.firstReport;
  const stopped = Number(readFileSync(pid, "utf8"));
  while (readStat(stopped)?.state !== "T") await delay(5);
  const again = wakeJob(await frozen(job));
  await again.firstReport;
  expect([readStat(stopped)?.state, job.numbers()]).toEqual(["T", []]);
});

linux("is stopped again when somebody lets it go on", async () => {
  const job = start(COUNT);
  await job.firstReport;
  const kept = await frozen(job);
  const before = job.numbers().length;
  const pids = await findMarked([job.mark]);
  const boxed = pids.some(isBoxed);
  if (boxed) return;
  for (const pid of pids) process.kill(pid, "SIGCONT");
  if (job.numbers().length === before) await changed(job.numbersFile);
  while ((await running(job.mark)).length > 0) await delay(5);
  const told = job.reports.length;
  const again = wakeJob(kept);
  await again.firstReport;
  expect(again.reports[0]![0]).toBe(told + 1);
});

linux("ends when it is to: woken, asked, and nothing of it is left", async () => {
  const job = start(`trap 'echo asked >> ${folder}/asked; exit 3' TERM; ${COUNT}`);
  await job.firstReport;
  const kept = await frozen(job);
  expect(await kept.end(20_000)).toMatchObject({ state: null, end: { outcome: "preempted" } });
  await kept.over;
  expect(readFileSync(`${folder}/asked`, "utf8")).toBe("asked\n");
  expect(await findMarked([job.mark])).toEqual([]);
  expect(await wakeJob(kept).result).toMatchObject({ state: null, end: { outcome: "lost" } });
});

linux("ends at once with its executor, and when it is killed is known to be over", async () => {
  const script = path.join(folder, "stubborn.sh");
  writeFileSync(script, `trap '' TERM; ${COUNT}`);
  const job = start(`trap '' TERM; setsid sh ${script} & wait`);
  const other = start(`trap '' TERM; ${COUNT}`);
  await Promise.all([job.firstReport, other.firstReport]);
  const [kept, killed] = [await frozen(job), await frozen(other)];
  for (const pid of await findMarked([other.mark])) process.kill(pid, "SIGKILL");
  await killed.over;
  await job.executor.close();
  await kept.over;
  expect([await findMarked([job.mark]), await findMarked([other.mark])]).toEqual([[], []]);
});

linux("is ended rather than frozen where it keeps checkpoints, and goes on meanwhile", async () => {
  const checkpoint = path.join(folder, randomUUID());
  const job = start(`echo 1 > $ATTUNE_CHECKPOINT_DIR/state; ${COUNT}`, { checkpointFolder: () => checkpoint });
  await job.firstReport;
  job.freeze.abort();
  expect(await job.unfrozen).toBe(null);
  job.stop.abort();
  expect(await job.result).toMatchObject({ end: { outcome: "preempted", checkpoint } });
});

linux("goes on where it must not be frozen, and says why", async () => {
  const client = path.join(folder, "docker");
  writeFileSync(client, `#!/bin/sh\n${COUNT}\n`, { mode: 0o755 });
  const why = async (shell: string, options: Partial<CommandExecutorOptions> = {}): Promise<string | null> => {
    const job = start(shell, options);
    await job.firstReport;
    job.freeze.abort();
    const said = await job.unfrozen;
    const before = job.numbers().length;
    while (job.numbers().length === before) await changed(job.numbersFile);
    return said;
  };
  expect(await why(`${client} run; true`)).toBe("runs docker, whose work goes on elsewhere");
  const gpus = { gpus: ["0"], gpusPerTrial: 1, trialsPerGpu: 1 };
  expect(await why(COUNT, { gpus })).toBe("was given a GPU");
});

it.runIf(process.platform === "linux" && process.getuid?.() === 0)("goes on where it holds a GPU", async () => {
  const device = `/dev/nvidia-attune-${process.pid}`;
  writeFileSync(device, "");
  try {
    const job = start(`exec 7< ${device}; ${COUNT}`);
    await job.firstReport;
    job.freeze.abort();
    expect(await job.unfrozen).toBe("holds a GPU");
  } finally {
    rmSync(device);
  }
});
