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

  constructor(bytes: number) {
    this.bytes = bytes;
  }

  async wake(): Promise<JobResult> {
    throw new Error("no test wakes it");
  }

  async end(graceMs: number): Promise<JobResult> {
    this.graces.push(graceMs);
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
  given: { readonly memory?: number | null; readonly elsewhere?: number; readonly available?: number } = {},
) {
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
    const own = programs.filter(({ job }) => job.graces.length === 0).length * 100;
    return { total: 1000, available: given.available ?? 1000, frozen: own + (given.elsewhere ?? 0) };
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
    const job = new StandingProgram(100);
    expect(await frozen.admit(k, token, job)).toBe(true);
    programs.push({ trial: k, token, job });
    const end = { ...PAUSED, frozen: { givenUp: null } };
    await log.execute({ type: "pause", trial: k, token, end, values: { loss } });
    frozen.settle(k, token, true);
  }
  const keepers = (): readonly boolean[] => losses.map((_, trial) => log.state.frozenBy(trial) !== null);
  return { study, log, frozen, programs, errors, keepers };
}

it("gives up the least promising until the rest may stay, and no more", async () => {
  const { programs, keepers, frozen } = await kept([1, 5, 3, 4, 2], { memory: 300 });
  await expect.poll(keepers).toEqual([true, false, true, false, true]);
  expect(programs.map(({ job }) => job.graces)).toEqual([[], [7], [], [7], []]);
  expect([0, 1, 2, 3, 4].map((trial) => frozen.has(trial))).toEqual([true, false, true, false, true]);
});

it("counts what all tuners of the machine hold against the allowance", async () => {
  // A quarter of 1,000 may be held.
  const { keepers } = await kept([1, 2], { memory: null, elsewhere: 120 });
  await expect.poll(keepers).toEqual([true, false]);
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
  await expect.poll(keepers).toEqual([false, true]);
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
  await expect.poll(keepers).toEqual([false]);
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
  await expect.poll(keepers).toEqual([true, false, false]);
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
  await expect.poll(() => log.state.frozenBy(0)).toBeNull();
});
