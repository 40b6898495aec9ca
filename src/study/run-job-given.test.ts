import { describe, expect, it } from "vitest";
import type { Executor, Job, JobControl, JobEvents, JobResult } from "../executor/executor.ts";
import { registerScheduler } from "../scheduler/registry.ts";
import { defineSpace, derived, float, int } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import { createStudy } from "./create-study.ts";
import { trialSeed } from "./run-job.ts";
import type { RunEvent } from "./run-options.ts";

const space = { x: float(0, 1) };
const END = { message: null, exitCode: 0, signal: null, checkpoint: null } as const;

type Runs = (
  job: Job,
  events: JobEvents,
  control: JobControl,
) => Promise<Omit<Partial<JobResult>, "end"> & { readonly end?: object }>;

/** Runs jobs by a function, with the jobs that it was given. */
function executor(runs: Runs) {
  const jobs: Job[] = [];
  const made: Executor = {
    name: "asked",
    run: async (job, events, control) => {
      jobs.push(job);
      const { end, ...more } = await runs(job, events, control);
      return { state: "complete", values: { loss: 1 }, end: { ...END, outcome: "ok", ...end }, ...more } as JobResult;
    },
    close: async () => undefined,
  };
  return { made, jobs };
}

async function ran(runs: Runs, more: object = {}, run: object = {}) {
  const storage = await openStorage(":memory:");
  const study = await createStudy({ name: "s", minimize: "loss", space, sampler: "random", seed: 5, storage, ...more });
  const notices: string[] = [];
  const onEvent = (event: RunEvent): void => {
    if (event.type === "notice") notices.push(event.text);
  };
  const { made, jobs } = executor(runs);
  const again = async (trials: number) => await study.run(made, { trials, onEvent, ...run });
  return { storage, study, jobs, notices, again };
}

describe("a job", () => {
  it("is told all of its trial", async () => {
    const { study, jobs, again } = await ran(async () => ({}));
    await again(1);
    expect(jobs).toEqual([
      {
        ...{ study: "s", trial: 0, segment: 0, attempt: 0, params: study.trial(0).params, seed: trialSeed(5, 0) },
        ...{ until: null, resumeFrom: null, metrics: ["loss"] },
      },
    ]);
    await study.replicate(0, 1, 77);
    await again(2);
    expect(jobs[1]).toMatchObject({ trial: 1, seed: 77, params: study.trial(0).params });
  });

  it("goes on from the checkpoint that it kept, and counts its attempts", async () => {
    const ends = [{ outcome: "preempted", checkpoint: "kept" }, { outcome: "preempted" }, {}] as const;
    let at = 0;
    const { study, jobs, again } = await ran(async () => {
      const end = ends[at++]!;
      return "outcome" in end ? { state: null, values: {}, end } : {};
    });
    await again(1);
    expect(jobs.map(({ attempt, resumeFrom }) => [attempt, resumeFrom])).toEqual([
      [0, null],
      [1, "kept"],
      [2, "kept"],
    ]);
    expect(study.trial(0)).toMatchObject({ state: "complete", values: { loss: 1 } });
  });

  it("is told the units of metrics once programs have given some", async () => {
    const { jobs, again } = await ran(async () => ({
      values: { loss: 1, ms: 2 },
      end: { units: { loss: "s", ms: "s" } },
    }));
    await again(2);
    expect(jobs[0]).not.toHaveProperty("units");
    expect(jobs[1]!.units).toEqual({ loss: "s" });
  });

  it("says that a checkpoint is gone, and keeps that with the attempt", async () => {
    const { study, notices, again } = await ran(async (_job, events) => {
      events.missing?.("kept");
      events.waits?.("no GPU is free");
      events.waits?.("no GPU is free");
      events.waits?.("no disk is free");
      return {};
    });
    await again(1);
    expect(notices).toEqual([
      "the checkpoint of trial 0 is gone (kept): it begins anew.",
      "no GPU is free",
      "no disk is free",
    ]);
    expect(study.trial(0).segments[0]!.attempts[0]).toMatchObject({ missing: "kept", seconds: expect.any(Number) });
  });

  it("does not begin where a derived value is none, which fails its trial alone", async () => {
    const { study, jobs, again } = await ran(async () => ({}), {
      space: { n: int(0, 1), y: derived<number>("1 / n") },
    });
    for (const n of [0, 1]) await study.enqueue({ n } as never);
    await again(2);
    expect(jobs.map(({ trial }) => trial)).toEqual([1]);
    expect(study.trial(0)).toMatchObject({
      state: "failed",
      outcome: "not-started",
      message: expect.stringContaining("y"),
    });
    expect(study.trial(1).state).toBe("complete");
  });

  it("asks for parameters, which are written before its end", async () => {
    const [y] = defineSpace({ y: float(0, 1) }).parameters;
    const { storage, study, again } = await ran(async (_job, events) => {
      expect(events.ask(y!)).toBe(events.ask(y!));
      return {};
    });
    await again(1);
    expect(Object.keys(study.trial(0).params)).toEqual(["x", "y"]);
    const types = (await storage.read(study.id, 0)).map(({ event }) => event.type);
    expect(types.slice(types.indexOf("started"))).toEqual(["started", "defined", "finished"]);
  });

  it("keeps numbers that are none as words, in reports and at its end", async () => {
    const { study, again } = await ran(async (_job, events) => {
      events.report(1, { loss: Number.POSITIVE_INFINITY, ms: Number.NaN });
      return {};
    });
    await again(1);
    expect(study.trial(0).reports).toEqual([{ seq: 0, step: 1, values: { loss: "Infinity", ms: "NaN" } }]);
  });
});

describe("a job that a person stops", () => {
  it("is asked to end, and is pruned with its last values, for the reason that was given", async () => {
    const begun = Promise.withResolvers<void>();
    const { study, again } = await ran(async (_job, events, { stop, kill }) => {
      events.report(1, { loss: 4 });
      begun.resolve();
      await new Promise((resolve) => stop.addEventListener("abort", resolve));
      expect(kill.aborted).toBe(false);
      return { state: null, values: {}, end: { outcome: "preempted" } };
    });
    const running = again(1);
    await begun.promise;
    await study.stopTrial(0, "seen enough");
    await running;
    expect(study.trial(0)).toMatchObject({
      ...{ state: "pruned", outcome: "stopped", values: { loss: 4 } },
      message: expect.stringContaining("seen enough"),
    });
  });

  it("has the values that it ended with by itself, and fails where it failed", async () => {
    for (const state of ["complete", "failed"] as const) {
      const { study, again } = await ran(async ({ trial }) => {
        await study.stopTrial(trial, "enough");
        return state === "complete" ? {} : { state, values: {}, end: { outcome: "error", message: "broken" } };
      });
      await again(1);
      expect(study.trial(0).state).toBe(state === "complete" ? "pruned" : "failed");
      expect(study.trial(0).values).toEqual(state === "complete" ? { loss: 1 } : {});
    }
  });
});

describe("a job that its scheduler stops", () => {
  registerScheduler({
    name: "stops-late",
    ...{ watches: true, promotes: false },
    create: () => ({
      name: "stops-late",
      onReport: (_view, _trial, { step }) =>
        step < 3 ? { action: "continue" } : { action: "stop", reason: `at step ${step}` },
      next: () => ({ action: "start-new", until: null }),
    }),
  });

  it("is so at the first report on which that is decided, with its reason, also when it ended meanwhile", async () => {
    const { study, again } = await ran(
      async (_job, events) => {
        for (const step of [1, 2, 3, 4]) events.report(step, { loss: step });
        await events.settled?.();
        return {};
      },
      { scheduler: "stops-late" },
    );
    await again(1);
    expect(study.trial(0)).toMatchObject({ state: "pruned", message: "at step 3", values: { loss: 1 } });
    expect(study.trial(0).decisions).toMatchObject([{ action: "stop", reason: "at step 3", report: 2 }]);
    expect(study.trial(0).reports).toHaveLength(4);
  });

  it("fails where it failed, whatever was decided, and is not stopped where nothing is scheduled", async () => {
    const runs: Runs = async (_job, events) => {
      events.report(3, { loss: 3 });
      await events.settled?.();
      return { state: "failed", values: {}, end: { outcome: "error", message: "broken" } };
    };
    const { study, again } = await ran(runs, { scheduler: "stops-late" });
    await again(1);
    expect(study.trial(0)).toMatchObject({ state: "failed", message: "broken" });
    const free = await ran(
      async (_job, events) => {
        events.report(3, { loss: 3 });
        return {};
      },
      { scheduler: "stops-late" },
      { unscheduled: true },
    );
    await free.again(1);
    expect(free.study.trial(0)).toMatchObject({ state: "complete", values: { loss: 1 } });
  });
});

it("draws the seed of a program from the study's seed and the trial's number alone, below 2^31", () => {
  const seeds = Array.from({ length: 200 }, (_, trial) => trialSeed(5, trial));
  expect(new Set(seeds).size).toBe(200);
  expect(trialSeed(5, 3)).toBe(seeds[3]);
  expect(trialSeed(6, 3)).not.toBe(seeds[3]);
  for (const seed of seeds) expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31).toBe(true);
  expect(Math.max(...seeds)).toBeGreaterThan(2 ** 30);
});
