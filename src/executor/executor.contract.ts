import { afterEach, describe, expect, it } from "vitest";
import type { Params } from "../space/json.ts";
import type { Parameter } from "../space/parameter.ts";
import type { Executor, FrozenJob, Job, JobControl, JobEvents, JobResult } from "./executor.ts";

/**
 * What the function, program or module under test has to do, told by its parameters: report `reports` (a list of numbers, at
 * steps 1, 2, …), then by `ending`: `value` (end with `loss` = `value`), `fail` (throw, or exit 3 with "boom" in its output),
 * `nan`, `nothing` (end well without a metric), `obey` (report 7 at step 1, then wait and end when asked to), `hang` (report 7 at
 * step 1, then never end nor listen).
 */
export interface ContractParams {
  readonly ending: "value" | "fail" | "nan" | "nothing" | "obey" | "hang";
  readonly value?: number;
  readonly reports?: readonly number[];
}

export interface ExecutorContract {
  /** A fresh executor that runs at least two jobs at a time. */
  readonly open: () => Executor | Promise<Executor>;
  /** Outcome of `fail` and of `nothing`, which differ by what is run. */
  readonly outcomes: { readonly fail: string; readonly nothing: string };
}

export function contractJob(params: ContractParams, trial = 0): Job {
  return {
    study: "contract",
    trial,
    segment: 0,
    attempt: 0,
    params: params as unknown as Params,
    seed: 7,
    until: null,
    resumeFrom: null,
    metrics: ["loss"],
  };
}

function noParameter(parameter: Parameter): never {
  throw new Error(`nobody expects the question for ${parameter.name}`);
}

function noWait(): null {
  return null;
}

/** A job under way, with what it reported and the switches that end or freeze it. */
export function startJob(executor: Executor, job: Job, room: JobEvents["room"] = noWait) {
  return follow((events, control) => executor.run(job, events, control), room);
}

function follow(run: (events: JobEvents, control: JobControl) => Promise<JobResult>, room: JobEvents["room"] = noWait) {
  const stop = new AbortController();
  const kill = new AbortController();
  const freeze = new AbortController();
  const unfrozen = Promise.withResolvers<string | null>();
  const reports: (readonly [number, Readonly<Record<string, number>>])[] = [];
  const missing: string[] = [];
  const firstReport = Promise.withResolvers<void>();
  const events = {
    report: (step: number, values: Readonly<Record<string, number>>): void => {
      reports.push([step, values]);
      firstReport.resolve();
    },
    room,
    missing: (checkpoint: string): unknown => missing.push(checkpoint),
    unfrozen: (why: string | null): void => unfrozen.resolve(why),
    ask: noParameter,
  };
  const control = { stop: stop.signal, kill: kill.signal, freeze: freeze.signal };
  const result: Promise<JobResult> = run(events, control);
  const first = firstReport.promise;
  return { result, reports, missing, firstReport: first, stop, kill, freeze, unfrozen: unfrozen.promise };
}

/** The same of a job that was frozen and goes on. */
export function wakeJob(frozen: FrozenJob) {
  return follow((events, control) => frozen.wake(events, control));
}

/** Behaviour that every executor has. */
export function executorContract(name: string, contract: ExecutorContract): void {
  describe(`${name} executor contract`, () => {
    const opened: Executor[] = [];
    const open = async (): Promise<Executor> => {
      const executor = await contract.open();
      opened.push(executor);
      return executor;
    };
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((executor) => executor.close()));
    });

    it("completes with the value", async () => {
      const job = startJob(await open(), contractJob({ ending: "value", value: 0.25 }));
      expect(await job.result).toMatchObject({
        state: "complete",
        values: { loss: 0.25 },
        end: { outcome: "ok", message: null },
      });
      expect(job.reports).toEqual([]);
    });

    it("hands on every report in order", async () => {
      const job = startJob(await open(), contractJob({ ending: "value", value: 1, reports: [3, 2, 1.5] }));
      await job.result;
      expect(job.reports.slice(0, 3)).toEqual([
        [1, { loss: 3 }],
        [2, { loss: 2 }],
        [3, { loss: 1.5 }],
      ]);
    });

    it("keeps infinities and tells NaN apart", async () => {
      const executor = await open();
      const nan = await startJob(executor, contractJob({ ending: "nan" })).result;
      expect(nan).toMatchObject({ state: "failed", values: { loss: "NaN" }, end: { outcome: "nan" } });
      expect(nan.end.message).toMatch(/NaN/);
    });

    it("tells a failure and why", async () => {
      const result = await startJob(await open(), contractJob({ ending: "fail" })).result;
      expect(result).toMatchObject({ state: "failed", end: { outcome: contract.outcomes.fail } });
      expect(result.end.message).toMatch(/boom/);
    });

    it("tells that the metric is missing", async () => {
      const result = await startJob(await open(), contractJob({ ending: "nothing" })).result;
      expect(result).toMatchObject({ state: "failed", end: { outcome: contract.outcomes.nothing } });
    });

    it("runs jobs side by side and goes on after failures", async () => {
      const executor = await open();
      const waiting = startJob(executor, contractJob({ ending: "obey" }, 0));
      await waiting.firstReport;
      for (const ending of ["fail", "value", "nothing", "value"] as const) {
        const result = await startJob(executor, contractJob({ ending, value: 2 }, 1)).result;
        expect(result.state).toBe(ending === "value" ? "complete" : "failed");
      }
      waiting.stop.abort();
      await waiting.result;
    });

    it("ends a job that obeys the request to stop", async () => {
      const job = startJob(await open(), contractJob({ ending: "obey" }));
      await job.firstReport;
      job.stop.abort();
      expect(await job.result).toMatchObject({ state: null, values: { loss: 7 }, end: { outcome: "preempted" } });
    });

    it("ends a job that does not obey by kill", async () => {
      const executor = await open();
      const job = startJob(executor, contractJob({ ending: "hang" }));
      await job.firstReport;
      job.stop.abort();
      job.kill.abort();
      expect(await job.result).toMatchObject({ state: null, end: { outcome: "preempted" } });
      expect((await startJob(executor, contractJob({ ending: "value", value: 1 }, 1)).result).state).toBe("complete");
    });

    it("does not start what is stopped already", async () => {
      const executor = await open();
      const control = { stop: AbortSignal.abort(), kill: new AbortController().signal };
      const result = await executor.run(
        contractJob({ ending: "hang" }),
        { report: () => undefined, room: noWait, ask: noParameter },
        control,
      );
      expect(result).toMatchObject({ state: null, values: {}, end: { outcome: "preempted" } });
    });

    it("a stop after the end changes nothing", async () => {
      const job = startJob(await open(), contractJob({ ending: "value", value: 0.5 }));
      const result = await job.result;
      job.stop.abort();
      job.kill.abort();
      expect(result.state).toBe("complete");
    });

    it("close ends what still runs", async () => {
      const executor = await open();
      const job = startJob(executor, contractJob({ ending: "hang" }));
      await job.firstReport;
      await executor.close();
      expect(await job.result).toMatchObject({ state: null, end: { outcome: "preempted" } });
    });
  });
}
