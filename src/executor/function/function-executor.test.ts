import { describe, expect, it } from "vitest";
import { contractJob, executorContract, startJob, wakeJob } from "../executor.contract.ts";
import contractObjective from "./contract-objective.testing.ts";
import { FunctionExecutor, type FunctionExecutorOptions } from "./function-executor.ts";

executorContract("function", {
  open: () => new FunctionExecutor({ run: contractObjective }),
  outcomes: { fail: "error", nothing: "no-metric" },
});

const run = (fn: FunctionExecutorOptions["run"]) =>
  startJob(new FunctionExecutor({ run: fn }), contractJob({ ending: "value" }));

describe("FunctionExecutor", () => {
  it("hands the trial on and takes values by metric", async () => {
    const job = run((trial) => {
      expect(trial).toMatchObject({ params: { ending: "value" }, number: 0, seed: 7, until: null });
      return { loss: Number.POSITIVE_INFINITY, acc: 2 };
    });
    expect(await job.result).toMatchObject({ state: "complete", values: { loss: "Infinity", acc: 2 } });
  });

  it.each([[undefined], ["0.3"], [null], [{ loss: "0.3" }], [[1]]])("refuses the return value %j", async (returned) => {
    const result = await run(() => returned as unknown as number).result;
    expect(result.state).toBe("failed");
    expect(result.end.message).toMatch(/function returned/);
  });

  it("says what came when JSON cannot hold it", async () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    for (const [returned, words] of [
      [3n, "The function returned the bigint 3; it must return a number"],
      [circle, "The function returned an object that is no JSON (Converting circular structure to JSON"],
      [() => 1, "The function returned a function; it must return a number"],
    ] as const) {
      const result = await run(() => returned as unknown as number).result;
      expect(result.end.message).toContain(words);
    }
  });

  it.each([
    [0.5, 1],
    [-1, 1],
    [1, "x"],
  ])("refuses report(%j, %j)", async (step, reported) => {
    const result = await run((trial) => {
      trial.report(step, reported as number);
      return 1;
    }).result;
    expect(result.end).toMatchObject({ outcome: "error", message: expect.stringMatching(/trial\.report got/) });
  });

  it("holds back a function that awaits its reports until there is room", async () => {
    const gate = Promise.withResolvers<void>();
    const full = Promise.withResolvers<void>();
    let open = false;
    const room = () => {
      if (open || job.reports.length < 3) return null;
      full.resolve();
      return gate.promise;
    };
    const executor = new FunctionExecutor({
      run: async (trial) => {
        await null;
        for (let step = 1; step <= 5; step++) await trial.report(step, step);
        return 0;
      },
    });
    const job = startJob(executor, contractJob({ ending: "value" }), room);
    await full.promise;
    await new Promise((resolve) => setImmediate(resolve));
    expect(job.reports).toHaveLength(3);
    open = true;
    gate.resolve();
    expect((await job.result).state).toBe("complete");
    expect(job.reports).toHaveLength(5);
  });

  it("counts a result that came in spite of a stop nobody looked at", async () => {
    const go = Promise.withResolvers<void>();
    const job = run(async () => {
      await go.promise;
      return 0.5;
    });
    job.stop.abort();
    go.resolve();
    expect(await job.result).toMatchObject({ state: "complete", values: { loss: 0.5 } });
  });

  it("does not count what a function returns after it saw the stop, nor its error", async () => {
    const ends = [
      () => 0.5,
      (): number => {
        throw new Error("aborted");
      },
    ];
    for (const end of ends) {
      const go = Promise.withResolvers<void>();
      const job = run(async (trial) => {
        await go.promise;
        return trial.shouldStop() ? end() : 1;
      });
      job.stop.abort();
      go.resolve();
      expect(await job.result).toMatchObject({ state: null, end: { outcome: "preempted" } });
    }
  });

  it("drops reports of a function that was given up", async () => {
    const go = Promise.withResolvers<void>();
    const reported = Promise.withResolvers<void>();
    const job = run(async (trial) => {
      trial.report(1, 1);
      await go.promise;
      trial.report(2, 2);
      reported.resolve();
      return 1;
    });
    await job.firstReport;
    job.kill.abort();
    await job.result;
    go.resolve();
    await reported.promise;
    expect(job.reports).toEqual([[1, { loss: 1 }]]);
  });
});

describe("a function that pauses", () => {
  const objective =
    (waits: boolean): FunctionExecutorOptions["run"] =>
    async (trial) => {
      for (let step = 1; !trial.shouldStop(); step++) {
        const told = trial.report(step, step);
        if (waits) await told;
        else await null;
        if (step >= 100) return step;
      }
      return -1;
    };
  const steps = ({ reports }: { readonly reports: readonly (readonly [number, unknown])[] }) =>
    reports.map(([step]) => step);

  it("waits in its report, and goes on from there as another job", async () => {
    const job = run(objective(true));
    job.freeze.abort();
    const { state, end, frozen } = await job.result;
    expect([state, end.outcome, frozen?.bytes]).toEqual([null, "paused", 0]);
    const told = steps(job).length;
    await new Promise((resolve) => setImmediate(resolve));
    expect(steps(job)).toHaveLength(told);
    const again = wakeJob(frozen!);
    expect(await again.result).toMatchObject({ state: "complete", values: { loss: 100 } });
    expect([...steps(job), ...steps(again)]).toEqual(Array.from({ length: 100 }, (_, k) => k + 1));
    await frozen!.over;
  });

  it("ends when it is given up", async () => {
    const job = run(objective(true));
    job.freeze.abort();
    const { frozen } = await job.result;
    expect(await frozen!.end(10_000)).toMatchObject({ state: null, end: { outcome: "preempted" } });
  });

  it("goes on and says so where it does not await its reports", async () => {
    const job = run(objective(false));
    job.freeze.abort();
    expect(await job.unfrozen).toBe("does not await trial.report");
    expect(await job.result).toMatchObject({ state: "complete" });
  });

  it("is given up where it does not await its reports, and that shows too late", async () => {
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
    const job = run(async (trial) => {
      for (const [k, gate] of gates.entries()) {
        trial.report(k, 1);
        await gate.promise;
      }
      trial.report(2, 1);
      return 1;
    });
    job.freeze.abort();
    await new Promise((resolve) => setImmediate(resolve));
    gates[0].resolve();
    const { frozen } = await job.result;
    gates[1].resolve();
    await frozen!.over;
    expect(steps(job)).toEqual([0, 1]);
  });
});
