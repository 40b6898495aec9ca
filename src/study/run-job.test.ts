import { expect, it } from "vitest";
import { AttuneError } from "../errors.ts";
import type { Executor, JobResult } from "../executor/executor.ts";
import type { StepOrigin } from "../protocol/step-origin.ts";
import { registerScheduler } from "../scheduler/registry.ts";
import { float } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import { createStudy } from "./create-study.ts";
import { holdReports } from "./hold-reports.testing.ts";
import type { RunEvent } from "./run-options.ts";

const space = { x: float(0, 1) };

it("ends a program that ignores the scheduler's stop when the grace is over", async () => {
  registerScheduler({
    name: "stop-at-once",
    watches: true,
    promotes: false,
    create: () => ({
      name: "stop-at-once",
      onReport: () => ({ action: "stop", reason: "enough" }),
      next: () => ({ action: "start-new", until: null }),
    }),
  });
  const stubborn: Executor = {
    name: "stubborn",
    run: (_job, events, control) => {
      events.report(1, { loss: 0.5 });
      const end = { outcome: "preempted", message: null, exitCode: null, signal: null, checkpoint: null } as const;
      const result: JobResult = { state: null, values: {}, end };
      return new Promise((resolve) => control.kill.addEventListener("abort", () => resolve(result)));
    },
    close: async () => undefined,
  };
  const study = await createStudy({ name: "s", minimize: "loss", space, scheduler: "stop-at-once" });
  const summary = await study.run(stubborn, { trials: 2, grace: 0.01 });
  expect(summary).toMatchObject({ reason: "trials", trialsSpent: 2 });
  expect(study.trial(0)).toMatchObject({
    state: "pruned",
    outcome: "stopped",
    message: "enough",
    values: { loss: 0.5 },
  });
});

it("gives a program that its scheduler stops the grace to end by itself", async () => {
  const study = await createStudy({ name: "s", minimize: "loss", space, scheduler: "stop-at-once" });
  const objective = async (trial: { report: (step: number, value: number) => void; signal: AbortSignal }) => {
    trial.report(1, 0.5);
    await new Promise((resolve) => trial.signal.addEventListener("abort", resolve));
    await new Promise((resolve) => setTimeout(resolve, 60));
    return 0.25;
  };
  await study.optimize(objective, { trials: 1, grace: 30 });
  expect(study.trial(0)).toMatchObject({ state: "pruned", outcome: "stopped", values: { loss: 0.5 } });
  const seconds = study.trial(0).segments[0]!.attempts[0]!.seconds!;
  expect(seconds).toBeGreaterThanOrEqual(0.055);
  await study.close();
});

it("keeps what a program ended with that was stopped and did not look", async () => {
  const study = await createStudy({ name: "s", minimize: "loss", space, scheduler: "stop-at-once" });
  const objective = async (trial: { report: (step: number, value: number) => void }) => {
    trial.report(1, 0.5);
    while (study.trial(0).reports.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    return 0.25;
  };
  await study.optimize(objective, { trials: 1, grace: 30 });
  expect(study.trial(0)).toMatchObject({ state: "pruned", outcome: "stopped", values: { loss: 0.25 } });
  await study.close();
});

/** Tells all its steps at once, knowing of no step to run up to, and ends well. */
const quick = (origin: StepOrigin): Executor => ({
  name: "quick",
  run: async ({ trial }, events) => {
    for (let step = 1; step <= 9; step++) events.report(step, { loss: trial + 1 / step }, origin);
    const end = { outcome: "ok", message: null, exitCode: 0, signal: null, checkpoint: null } as const;
    return { state: "complete", values: { loss: trial }, end };
  },
  close: async () => undefined,
});

it.each(["own", "counted", "another"] as const)(
  "takes a quick program that goes on past its step for whole, and runs none again",
  async (origin) => {
    for (const scheduler of [{ name: "asha", largest: 9 }, "asha"]) {
      const study = await createStudy({ name: "s", minimize: "loss", space, scheduler });
      expect(await study.run(quick(origin), { trials: 8 })).toMatchObject({ ran: 8 });
      for (const { number, state, values } of study.trials())
        expect([state, values]).toEqual(["complete", { loss: number }]);
      expect((await study.replay()).decisions?.differences ?? []).toEqual([]);
      await study.close();
    }
  },
);

/** Tells all its steps at once, and takes its time to end; ends as a program does that is stopped before. */
const lingering: Executor = {
  name: "lingering",
  run: async ({ trial }, events, { stop }): Promise<JobResult> => {
    for (let step = 1; step <= 9; step++) events.report(step, { loss: trial + 1 / step });
    await events.settled!();
    const end = { message: null, exitCode: null, signal: null, checkpoint: null };
    if (stop.aborted) return { state: null, values: {}, end: { ...end, outcome: "preempted" } };
    return { state: "complete", values: { loss: trial }, end: { ...end, outcome: "ok" } };
  },
  close: async () => undefined,
};

it("stops no program that has told the last step of a full run: what it did would be done again", async () => {
  const study = await createStudy({ name: "s", minimize: "loss", space, scheduler: "asha" });
  expect(await study.run(lingering, { trials: 8 })).toMatchObject({ ran: 8, fullRuns: 8 });
  expect(study.trials().map(({ state }) => state)).toEqual(Array.from({ length: 8 }, () => "complete"));
  expect((await study.replay()).decisions?.differences ?? []).toEqual([]);
  await study.close();
});

/** Looks at nothing: asked to end after its second step it tells the others, and ends as well as ever. */
const heedless = (exitCode: number): Executor => ({
  name: "heedless",
  run: async ({ trial }, events, { stop }): Promise<JobResult> => {
    for (let step = 1; step <= 2; step++) events.report(step, { loss: trial + 1 / step });
    await events.settled!();
    for (let step = 3; step <= 9; step++) events.report(step, { loss: trial + 1 / step });
    const end = { message: null, exitCode, signal: null, checkpoint: null };
    const values = { loss: trial };
    return stop.aborted
      ? { state: null, values, end: { ...end, outcome: "preempted", message: "It was asked to end." } }
      : { state: "complete", values, end: { ...end, exitCode: 0, outcome: "ok" } };
  },
  close: async () => undefined,
});

it("takes a program for whole that was asked to end and ended well by itself with the last step of a full run", async () => {
  for (const exitCode of [0, 143]) {
    const study = await createStudy({ name: "s", minimize: "loss", space, scheduler: "asha" });
    await study.run(heedless(exitCode), { trials: 8 });
    const states = new Set(study.trials().map(({ state }) => state));
    expect([exitCode, states.has("paused")]).toEqual([exitCode, exitCode !== 0]);
    if (exitCode === 0) expect(study.trials()).toMatchObject(Array.from({ length: 8 }, () => ({ message: null })));
    expect((await study.replay()).decisions?.differences ?? []).toEqual([]);
    await study.close();
  }
});

it("leaves no timer behind when the stop comes after the program's own end", async () => {
  const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
  const study = await createStudy({ name: "s", minimize: "loss", space, scheduler: "stop-at-once" });
  const before = timers();
  const objective = (trial: { report: (step: number, value: number) => void }): number => {
    trial.report(1, 0.5);
    return 0.5;
  };
  await study.optimize(objective, { trials: 3, grace: 1000 });
  expect(study.trials().map((trial) => trial.outcome)).toEqual(["stopped", "stopped", "stopped"]);
  // The test runner has timers of its own, which may end meanwhile.
  expect(timers()).toBeLessThanOrEqual(before);
});

it("gives the trial back when the executor itself fails, and ends with its error", async () => {
  const broken: Executor = {
    name: "broken",
    run: async () => {
      throw new AttuneError("invalid-argument", "The folder cannot be made.");
    },
    close: async () => undefined,
  };
  const study = await createStudy({ name: "s", minimize: "loss", space });
  await expect(study.run(broken, { trials: 2 })).rejects.toThrow("The folder cannot be made.");
  expect(study.trials().map((trial) => trial.state)).toEqual(["waiting"]);
  expect(study.trialsSpent).toBe(0);
});

it("keeps what is reported while earlier reports are on their way, though the program ends at once", async () => {
  const begun = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const storage = holdReports(await openStorage(":memory:"), () => {
    begun.resolve();
    return released.promise;
  });
  const study = await createStudy({ name: "s", minimize: "loss", space, storage });
  await study.optimize(
    async (trial) => {
      trial.report(1, 0.9);
      await begun.promise;
      trial.report(2, 0.8);
      setImmediate(() => setImmediate(released.resolve));
      return 0.7;
    },
    { trials: 1 },
  );
  expect(study.trial(0).reports.map(({ step }) => step)).toEqual([1, 2]);
  expect(study.trial(0)).toMatchObject({ state: "complete", values: { loss: 0.7 } });
});

it("fails a trial whose program took its executor with it three times, and goes on", async () => {
  const frail: Executor = {
    name: "frail",
    run: async ({ trial }): Promise<JobResult> => {
      const end = { message: null, exitCode: null, signal: null, checkpoint: null } as const;
      return trial === 0
        ? { state: null, values: {}, end: { ...end, outcome: "lost" } }
        : { state: "complete", values: { loss: 1 }, end: { ...end, outcome: "ok" } };
    },
    close: async () => undefined,
  };
  const told: string[] = [];
  const study = await createStudy({ name: "s", minimize: "loss", space });
  const onEvent = (event: RunEvent): void => {
    if (event.type === "returned") told.push(event.outcome);
    if (event.type === "finished") told.push(event.trial.state);
  };
  expect(await study.run(frail, { trials: 2, onEvent })).toMatchObject({ reason: "trials", trialsSpent: 2, ran: 2 });
  expect(told).toEqual(["lost", "lost", "failed", "complete"]);
  await study.close();
});

it("tells an executor to wait while many reports are not written, and keeps them all", async () => {
  let waited = 0;
  const count = 25_000;
  const eager: Executor = {
    name: "eager",
    run: async (_job, events) => {
      for (let step = 0; step < count; step++) {
        events.report(step, { loss: step });
        for (let full = events.room(); full !== null; full = events.room()) {
          waited += 1;
          await full;
        }
      }
      const end = { outcome: "ok", message: null, exitCode: 0, signal: null, checkpoint: null } as const;
      return { state: "complete", values: { loss: 0 }, end };
    },
    close: async () => undefined,
  };
  const study = await createStudy({ name: "s", minimize: "loss", space });
  await study.run(eager, { trials: 1 });
  expect(waited).toBeGreaterThan(0);
  expect(study.trial(0).reports.map(({ step }) => step)).toEqual(Array.from({ length: count }, (_, step) => step));
});

it("counts the attempts of a trial from 0 on, over all its segments", async () => {
  const seen: (readonly [number, number])[] = [];
  const end = { message: null, exitCode: null, signal: null, checkpoint: null } as const;
  const executor: Executor = {
    name: "lossy",
    run: async ({ trial, attempt }): Promise<JobResult> => {
      seen.push([trial, attempt]);
      if (trial === 0 && attempt < 2) return { state: null, values: {}, end: { ...end, outcome: "preempted" } };
      return { state: "complete", values: { loss: 1 }, end: { ...end, outcome: "ok" } };
    },
    close: async () => undefined,
  };
  const study = await createStudy({ name: "s", minimize: "loss", space, sampler: "random" });
  await study.run(executor, { trials: 2 });
  expect(seen.filter(([trial]) => trial === 0)).toEqual([
    [0, 0],
    [0, 1],
    [0, 2],
  ]);
  expect(seen.filter(([trial]) => trial === 1)).toEqual([[1, 0]]);
});
