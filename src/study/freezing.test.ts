import { setImmediate as turn } from "node:timers/promises";
import { expect, it } from "vitest";
import type { Executor, FrozenJob, JobControl, JobEvents, JobResult, MemoryState } from "../executor/executor.ts";
import type { TrialHandle } from "../executor/function/function-executor.ts";
import { FunctionExecutor } from "../executor/function/function-executor.ts";
import { registerScheduler } from "../scheduler/registry.ts";
import { HALVING } from "../scheduler/testing/halving.testing.ts";
import { float } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import type { Storage } from "../storage/storage.ts";
import { createStudy } from "./create-study.ts";
import type { RunEvent } from "./run-options.ts";

registerScheduler(HALVING);

type Handle = TrialHandle<{ x: number }>;

const open = (storage?: Storage) =>
  createStudy({
    name: "s",
    minimize: "loss",
    space: { x: float(0, 1) },
    scheduler: HALVING.name,
    sampler: "random",
    seed: 3,
    ...(storage !== undefined && { storage }),
  });

/** Heeds nothing that it is told, and notes each step that it takes. */
function heedless(steps: string[]): (trial: Handle) => Promise<number> {
  return async (trial) => {
    for (let step = 1; step <= 9; step++) {
      steps.push(`${trial.number} ${step}`);
      await trial.report(step, trial.params.x + 1 / step);
      await turn();
    }
    return trial.params.x + 1 / 9;
  };
}

it("pauses functions that know nothing of it, goes on with them, and no step is run twice", async () => {
  const study = await open();
  const steps: string[] = [];
  const { trialsSpent, paused } = await study.optimize(heedless(steps), { trials: 18, workers: 3 });
  expect(new Set(steps).size).toBe(steps.length);
  expect(trialsSpent + paused).toBe(18);
  expect(paused).toBeGreaterThan(6);
  const promoted = study.trials().filter(({ segments }) => segments.length > 1);
  expect(promoted.length).toBeGreaterThan(2);
  for (const { segments } of promoted) {
    const before = segments.slice(0, -1).map(({ attempts }) => attempts.map(({ frozen }) => frozen?.givenUp));
    expect(before).toEqual(before.map(() => [null]));
  }
  // What is left when the run ends is in nobody's memory any more.
  for (const { number, state, segments } of study.trials()) {
    if (state !== "paused") continue;
    expect(segments.at(-1)!.attempts.at(-1)!.frozen?.givenUp, `trial ${number}`).toBeGreaterThan(0);
  }
  const { decisions, differences } = await study.replay();
  expect([differences, decisions]).toMatchObject([[], { differences: [] }]);
  await study.close();
});

it.each([{ freeze: "never" }, { freezeMemory: 0 }] as const)("freezes nothing with %j", async (options) => {
  const study = await open();
  const steps: string[] = [];
  await study.optimize(heedless(steps), { trials: 9, ...options });
  // Whoever heeds nothing and is not frozen goes on past its step, and is taken for whole.
  expect(new Set(steps).size).toBe(steps.length);
  expect(study.trials().every(({ state }) => state === "complete")).toBe(true);
  const attempts = study.trials().flatMap(({ segments }) => segments.flatMap((segment) => segment.attempts));
  expect(attempts.every(({ frozen }) => frozen === undefined)).toBe(true);
  await study.close();
});

it("says once why a function is ended while its trial pauses", async () => {
  const study = await open();
  const notices: string[] = [];
  const onEvent = (event: RunEvent): unknown => event.type === "notice" && notices.push(event.text);
  const unawaited = async (trial: Handle): Promise<number> => {
    for (let step = 1; step <= 9 && !trial.shouldStop(); step++) {
      for (let part = 0; part < 5; part++) trial.report(step, trial.params.x);
      await turn();
    }
    return trial.params.x;
  };
  await study.optimize(unawaited, { trials: 6, onEvent });
  expect(notices).toEqual([
    expect.stringMatching(
      /^the program of trial \d is ended while its trial pauses, since it does not await trial\.report; it begins anew when it is promoted\. Others alike are not told\.$/,
    ),
  ]);
  await study.close();
});

/** What frozen functions hold together, of all tuners there. */
class Machine {
  frozen = 0;
  most = 0;

  hold(bytes: number): void {
    this.frozen += bytes;
    this.most = Math.max(this.most, this.frozen);
  }
}

/** Says of each frozen function that it holds so many bytes. */
class Weighed implements Executor {
  readonly name = "weighed";
  readonly ended: number[] = [];
  readonly #inner = new FunctionExecutor({ run: heedless([]) as never });
  readonly #memory: Partial<MemoryState>;
  readonly #machine: Machine;

  constructor(memory: Partial<MemoryState> = {}, machine = new Machine()) {
    this.#memory = memory;
    this.#machine = machine;
  }

  async run(job: Parameters<Executor["run"]>[0], events: JobEvents, control: JobControl): Promise<JobResult> {
    return this.#weigh(job.trial, await this.#inner.run(job, events, control));
  }

  async memory(): Promise<MemoryState> {
    return { total: 4_000, available: 4_000, frozen: this.#machine.frozen, ...this.#memory };
  }

  async close(): Promise<void> {
    await this.#inner.close();
  }

  #weigh(trial: number, result: JobResult): JobResult {
    const { frozen } = result;
    if (frozen === undefined) return result;
    this.#machine.hold(100);
    void frozen.over.then(() => this.ended.push(trial));
    const weighed: FrozenJob = {
      ...frozen,
      bytes: 100,
      wake: async (events, control) => {
        this.#machine.hold(-100);
        return this.#weigh(trial, await frozen.wake(events, control));
      },
      end: async (grace) => {
        this.#machine.hold(-100);
        return await frozen.end(grace);
      },
    };
    return { ...result, frozen: weighed };
  }
}

it("gives up the least promising ones past the allowance, and begins them anew when they are promoted after all", async () => {
  const study = await open();
  const held: number[] = [];
  const onEvent = ({ type }: RunEvent): void => {
    if (type !== "paused") return;
    const kept = study.trials().filter(({ state, segments }) => {
      const frozen = segments.at(-1)?.attempts.at(-1)?.frozen;
      return state === "paused" && frozen?.givenUp === null;
    });
    held.push(kept.length);
  };
  await study.run(new Weighed(), { trials: 18, workers: 1, freezeMemory: 300, onEvent });
  // One that has just paused may be above it for a moment.
  expect(Math.max(...held)).toBeLessThanOrEqual(4);
  expect(held.filter((count) => count >= 3).length).toBeGreaterThan(3);
  const givenUp = study.trials().filter(({ segments }) => (segments[0]?.attempts[0]?.frozen?.givenUp ?? 0) > 0);
  const worst = Math.min(...givenUp.map(({ params }) => params.x));
  const best = Math.min(...study.trials().map(({ params }) => params.x));
  expect(worst).toBeGreaterThan(best);
  expect((await study.replay()).decisions).toMatchObject({ differences: [] });
  await study.close();
});

it("shares the allowance with other tuners on the machine: together they keep no more, and each gives up its own", async () => {
  const machine = new Machine();
  const studies = [await open(), await open()];
  const runs = studies.map((study) =>
    study.run(new Weighed({}, machine), { trials: 18, workers: 1, freezeMemory: 400 }),
  );
  await Promise.all(runs);
  // One that has just paused may be above it for a moment, in each of them.
  expect(machine.most).toBeLessThanOrEqual(600);
  expect(machine.most).toBeGreaterThanOrEqual(400);
  expect(machine.frozen).toBe(0);
  for (const study of studies) {
    const early = study.trials().filter(({ segments }) => (segments[0]?.attempts[0]?.frozen?.givenUp ?? 0) > 0);
    expect(early.length).toBeGreaterThan(0);
    expect((await study.replay()).decisions).toMatchObject({ differences: [] });
    await study.close();
  }
});

it("keeps nothing when little memory is free", async () => {
  for (const memory of [{ available: 99 }, { available: 150, total: 4_000 }]) {
    const study = await open();
    const notices: string[] = [];
    const onEvent = (event: RunEvent): unknown => event.type === "notice" && notices.push(event.text);
    await study.run(new Weighed(memory), { trials: 4, onEvent });
    expect(notices).toEqual([expect.stringContaining("would take memory of which little is free")]);
    const attempts = study.trials().flatMap(({ segments }) => segments.flatMap((segment) => segment.attempts));
    expect(attempts.some(({ frozen }) => frozen !== undefined)).toBe(false);
    await study.close();
  }
});

it("lets go what another gives up, and what is marked invalid", async () => {
  const storage = await openStorage(":memory:");
  const study = await open(storage);
  const executor = new Weighed();
  const paused: number[] = [];
  const onEvent = (event: RunEvent): void => {
    if (event.type !== "paused") return;
    const { number, segments } = event.trial;
    paused.push(number);
    const { owner } = segments[0]!.attempts[0]!;
    if (paused.length === 1) void storage.execute(study.id, { type: "give-up", trial: number, token: owner.token }, 0);
    if (paused.length === 2) void study.invalidate(number, "wrong data");
  };
  const ended: number[] = [];
  const watch = (event: RunEvent): void => {
    onEvent(event);
    if (event.type === "started") ended.push(executor.ended.length);
  };
  await study.run(executor, { trials: 9, workers: 1, onEvent: watch });
  // Before the end of the run, which ends all.
  expect(Math.max(...ended)).toBeGreaterThanOrEqual(2);
  expect(executor.ended).toEqual(expect.arrayContaining(paused.slice(0, 2)));
  await study.close();
  await storage.close();
});
