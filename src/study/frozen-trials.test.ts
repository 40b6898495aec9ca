import { expect, it } from "vitest";
import { StorageConflict } from "../errors.ts";
import type { Executor, FrozenJob, JobResult, MemoryState } from "../executor/executor.ts";
import { float } from "../space/index.ts";
import { MemoryStorage } from "../storage/memory/memory-storage.ts";
import { createStudy } from "./create-study.ts";
import { FrozenTrials } from "./frozen-trials.ts";
import { leasedOwner } from "./new-owner.ts";
import { StudyLog } from "./study-log.ts";

const PAUSED = { outcome: "paused", message: null, exitCode: null, signal: null, checkpoint: null } as const;

/** A program that stands still, with what was done to it. */
class StandingProgram implements FrozenJob {
  readonly bytes: number;
  readonly graces: number[] = [];
  readonly #over = Promise.withResolvers<void>();
  readonly over = this.#over.promise;
  /** How long it takes to end. */
  readonly #ending: Promise<void>;

  constructor(bytes: number, ending = Promise.resolve()) {
    this.bytes = bytes;
    this.#ending = ending;
  }

  async wake(): Promise<JobResult> {
    throw new Error("no test wakes it");
  }

  async end(graceMs: number): Promise<JobResult> {
    this.graces.push(graceMs);
    await this.#ending;
    this.#over.resolve();
    return { state: null, values: {}, end: PAUSED };
  }

  async die(): Promise<void> {
    this.#over.resolve();
    await this.over;
  }
}

interface Kept {
  readonly trial: number;
  readonly token: string;
  readonly job: StandingProgram;
}

/** A study in which a trial with each of these losses pauses, its program frozen; others hold `elsewhere` bytes beside them. */
async function kept(
  losses: readonly number[],
  given: {
    readonly memory?: number | null;
    readonly elsewhere?: number;
    readonly available?: number;
    readonly bytes?: number;
    /** What the machine says that frozen programs hold, whatever they do. */
    readonly frozen?: number;
  } = {},
) {
  const { bytes = 100 } = given;
  const storage = new MemoryStorage();
  const study = await createStudy({
    name: "s",
    minimize: "loss",
    space: { x: float(0, 1) },
    sampler: "random",
    storage,
  });
  const log = await StudyLog.open(storage, study.id);
  const errors: unknown[] = [];
  const programs: Kept[] = [];
  const memory = async (): Promise<MemoryState> => {
    const own = programs.filter(({ job }) => job.graces.length === 0).length * bytes;
    return { total: 1000, available: given.available ?? 1000, frozen: given.frozen ?? own + (given.elsewhere ?? 0) };
  };
  const executor = { memory } as unknown as Executor;
  const limits = { memory: given.memory === undefined ? 900 : given.memory, graceMs: 7 };
  const frozen = new FrozenTrials(log, executor, limits, (error) => errors.push(error));
  for (const [k, loss] of losses.entries()) {
    await study.enqueue({ x: k / 10 });
    const owner = leasedOwner("0");
    await log.execute({ type: "claim", owner, limit: null, until: null, candidate: null });
    const { token } = owner;
    await log.execute({ type: "report", trial: k, token, reports: [{ seq: 0, step: 1, values: { loss } }] });
    const job = new StandingProgram(bytes);
    expect(await frozen.admit(k, token, job)).toBe(true);
    programs.push({ trial: k, token, job });
    const end = { ...PAUSED, frozen: { givenUp: null } };
    await log.execute({ type: "pause", trial: k, token, end, values: { loss } });
    frozen.settle(k, token, true);
  }
  const keepers = (): readonly boolean[] => losses.map((_, trial) => log.state.frozenBy(trial) !== null);
  return { storage, study, log, frozen, programs, errors, keepers };
}

it("gives up the least promising until the rest may stay, and no more", async () => {
  const { programs, keepers, frozen } = await kept([1, 5, 3, 4, 2], { memory: 300 });
  await expect.poll(keepers, { timeout: 10_000 }).toEqual([true, false, true, false, true]);
  expect(programs.map(({ job }) => job.graces)).toEqual([[], [7], [], [7], []]);
  expect([0, 1, 2, 3, 4].map((trial) => frozen.has(trial))).toEqual([true, false, true, false, true]);
});

it("counts what all tuners of the machine hold against the allowance", async () => {
  // A quarter of 1,000 may be held.
  const { keepers } = await kept([1, 2], { memory: null, elsewhere: 120 });
  await expect.poll(keepers, { timeout: 10_000 }).toEqual([true, false]);
});

it("takes none for which too little memory is free, nor while little is free at all", async () => {
  const { frozen, log } = await kept([], { available: 60 });
  expect(await frozen.admit(0, "t", new StandingProgram(61))).toBe(false);
  expect(await frozen.admit(0, "t", new StandingProgram(60))).toBe(true);
  const short = new FrozenTrials(
    log,
    { memory: async () => ({ total: 1000, available: 49, frozen: 0 }) } as unknown as Executor,
    { memory: null, graceMs: 7 },
    () => undefined,
  );
  expect(await short.admit(0, "t", new StandingProgram(1))).toBe(false);
});

it("says in the log that a program died where it stood, and that of no other", async () => {
  const { frozen, programs, keepers } = await kept([1, 2]);
  await programs[0]!.job.die();
  await expect.poll(keepers, { timeout: 10_000 }).toEqual([false, true]);
  expect([frozen.has(0), frozen.has(1)]).toEqual([false, true]);
});

it("leaves one to whoever wakes it, though it dies meanwhile, and gives it up where that came to nothing", async () => {
  const { frozen, programs, keepers } = await kept([1]);
  const { token, job } = programs[0]!;
  const begun = Promise.withResolvers<string>();
  const goesOn = Promise.withResolvers<void>();
  const woken = frozen.wake(0, async (given) => {
    begun.resolve(given);
    await goesOn.promise;
    throw new StorageConflict("somebody was first");
  });
  expect(await begun.promise).toBe(token);
  expect(frozen.has(0)).toBe(false);
  await job.die();
  expect(keepers()).toEqual([true]);
  goesOn.resolve();
  await expect(woken).rejects.toThrow("somebody was first");
  await expect.poll(keepers, { timeout: 10_000 }).toEqual([false]);
  await expect(frozen.wake(0, async () => undefined)).rejects.toThrow("is not in memory here any more");
});

it("hands out a program only while it is woken, and once", async () => {
  const { frozen, programs } = await kept([1]);
  const { job } = programs[0]!;
  expect(frozen.take(0)).toBeNull();
  await frozen.wake(0, async () => {
    expect(frozen.take(0)).toBe(job);
    expect(frozen.take(0)).toBeNull();
  });
});

it("ends one whose trial is hidden, or given up by somebody else", async () => {
  const { study, log, programs, keepers } = await kept([1, 2, 3]);
  await study.invalidate(1);
  await log.refresh();
  await log.execute({ type: "give-up", trial: 2, token: programs[2]!.token });
  await expect.poll(keepers, { timeout: 10_000 }).toEqual([true, false, false]);
  expect(programs.map(({ job }) => job.graces)).toEqual([[], [7], [7]]);
});

it("gives all up when the run ends, with grace or without, and takes no more", async () => {
  const { frozen, programs, keepers } = await kept([1, 2]);
  await frozen.close(false);
  expect(keepers()).toEqual([false, false]);
  expect(programs.map(({ job }) => job.graces)).toEqual([[7], [7]]);
  expect(await frozen.admit(5, "t", new StandingProgram(1))).toBe(false);
});

it("ends a program whose pause the log did not take, and gives up what died before the log had it", async () => {
  const { frozen, log, study } = await kept([]);
  const job = new StandingProgram(1);
  await frozen.admit(0, "t", job);
  frozen.settle(0, "t", false);
  expect(job.graces).toEqual([7]);
  await study.enqueue({ x: 0.5 });
  const owner = leasedOwner("0");
  await log.execute({ type: "claim", owner, limit: null, until: null, candidate: null });
  const dead = new StandingProgram(1);
  await frozen.admit(0, owner.token, dead);
  await dead.die();
  await log.execute({ type: "pause", trial: 0, token: owner.token, end: { ...PAUSED, frozen: { givenUp: null } } });
  frozen.settle(0, owner.token, true);
  await expect.poll(() => log.state.frozenBy(0), { timeout: 10_000 }).toBeNull();
});

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
};

it("counts its own programs where the machine does not, to the byte", async () => {
  const over = await kept([1, 2, 3], { memory: 299, frozen: 0 });
  await expect.poll(over.keepers, { timeout: 10_000 }).toEqual([true, true, false]);
  const within = await kept([1, 2, 3], { memory: 300, frozen: 0 });
  await settled();
  expect(within.keepers()).toEqual([true, true, true]);
});

it("counts a program as a byte of which nobody can tell what it holds", async () => {
  const two = await kept([1, 2, 3], { bytes: 0, memory: 900, elsewhere: 902 });
  await expect.poll(two.keepers, { timeout: 10_000 }).toEqual([false, false, false]);
  const { frozen, log, study } = await kept([], { bytes: 0, memory: 10, frozen: 11 });
  for (const trial of [0, 1]) {
    await study.enqueue({ x: trial });
    const owner = leasedOwner("0");
    const { token } = owner;
    await log.execute({ type: "claim", owner, limit: null, until: null, candidate: null });
    await frozen.admit(trial, token, new StandingProgram(0));
    await log.execute({ type: "pause", trial, token, end: { ...PAUSED, frozen: { givenUp: null } } });
  }
  const tokenOf = (trial: number) => log.trial(trial).segments[0]!.attempts[0]!.owner.token;
  frozen.settle(0, tokenOf(0), true);
  await settled();
  expect([0, 1].map((trial) => log.state.frozenBy(trial) !== null)).toEqual([false, true]);
});

it("leaves alone what the log does not have yet, though memory is short and there is other news", async () => {
  const { frozen, study, log, errors } = await kept([1], { memory: 0 });
  const pausing = new StandingProgram(100);
  expect(await frozen.admit(1, "t", pausing)).toBe(true);
  await study.enqueue({ x: 0.5 });
  await log.refresh();
  await settled();
  expect([pausing.graces, errors, frozen.has(1)]).toEqual([[], [], false]);
  expect(frozen.settle(7, "t", false)).toBe(undefined);
});

it("goes on to keep one that was woken for nothing, and no more one that is run on", async () => {
  const { frozen, log, programs, keepers } = await kept([1]);
  const { job } = programs[0]!;
  await expect(frozen.wake(0, async () => await Promise.reject(new StorageConflict("first")))).rejects.toThrow("first");
  await settled();
  expect([keepers(), frozen.has(0), job.graces]).toEqual([[true], true, []]);
  const owner = leasedOwner("0");
  const resume = { type: "resume", trial: 0, owner, until: null, limit: null } as const;
  await frozen.wake(0, async (woken) => await log.execute({ ...resume, woken }));
  expect(frozen.has(0)).toBe(false);
  expect(frozen.take(0)).toBe(job);
  // The next one that stands still for the trial has nothing to do with it.
  const next = new StandingProgram(100);
  await frozen.admit(0, owner.token, next);
  await log.execute({ type: "pause", trial: 0, token: owner.token, end: { ...PAUSED, frozen: { givenUp: null } } });
  frozen.settle(0, owner.token, true);
  await job.die();
  await settled();
  expect([frozen.has(0), keepers(), next.graces]).toEqual([true, [true], []]);
});

it("ends one at once that somebody else had meanwhile, where it is given up for want of memory", async () => {
  const { storage, log, frozen, programs } = await kept([1, 2], { memory: 200 });
  const other = await StudyLog.open(storage, log.id);
  await other.execute({ type: "give-up", trial: 1, token: programs[1]!.token });
  const owner = leasedOwner("0");
  await frozen.admit(9, owner.token, new StandingProgram(100));
  frozen.settle(0, programs[0]!.token, true);
  await settled();
  expect(programs.map(({ job }) => job.graces)).toEqual([[], [7]]);
});

it("waits at its end until the last program is gone, kills them where there is no time, and stops looking", async () => {
  const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  const { frozen, programs } = await kept([1]);
  const [slow, before] = [Promise.withResolvers<void>(), timers()];
  const pausing = new StandingProgram(1, slow.promise);
  await frozen.admit(5, "t", pausing);
  let isOver = false;
  const closing = frozen.close(true).then(() => {
    isOver = true;
  });
  await settled();
  expect([programs[0]!.job.graces, pausing.graces, isOver]).toEqual([[7, 0], [7, 0], false]);
  slow.resolve();
  await closing;
  expect(timers()).toBe(before - 1);
});

it("ends the programs though the storage fails, and says so", async () => {
  const { frozen, log, programs, errors } = await kept([1, 2]);
  log.close();
  await programs[0]!.job.die();
  await settled();
  expect(errors.map(String)).toEqual([expect.stringContaining("was closed")]);
  await expect(frozen.close(false)).rejects.toThrow("was closed");
  expect(programs[1]!.job.graces).toEqual([7]);
});

it("looks by itself for what others gave up, and tells what fails at that", async () => {
  const { storage, log, programs, errors } = await kept([1, 2]);
  const other = await StudyLog.open(storage, log.id);
  await other.execute({ type: "give-up", trial: 0, token: programs[0]!.token });
  expect(programs[0]!.job.graces).toEqual([]);
  await expect.poll(() => programs[0]!.job.graces, { timeout: 10_000 }).toEqual([7]);
  storage.read = async () => await Promise.reject(new Error("no disk"));
  await expect.poll(() => errors.map(String), { timeout: 10_000 }).toEqual(["Error: no disk"]);
});
