import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import module from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Worker } from "node:worker_threads";
import { afterAll, describe, expect, it, vi } from "vitest";
import { AttuneError } from "../../errors.ts";
import { contractJob, executorContract, startJob, wakeJob } from "../executor.contract.ts";
import { ModuleExecutor } from "./module-executor.ts";
import { MOST_UNDER_WAY } from "./module-messages.ts";

const folder = mkdtempSync(join(tmpdir(), "attune-module-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

executorContract("module", {
  open: () =>
    new ModuleExecutor({ modulePath: join(import.meta.dirname, "contract-objective.testing.ts"), workers: 2 }),
  outcomes: { fail: "error", nothing: "no-metric" },
});

async function runModule(source: string, jobs: number, workers = 1) {
  const modulePath = join(folder, `${Math.abs(hash(source))}.mjs`);
  writeFileSync(modulePath, source);
  const executor = new ModuleExecutor({ modulePath, workers });
  const all = Array.from({ length: jobs }, (_, i) => startJob(executor, contractJob({ ending: "value" }, i)).result);
  const results = await Promise.all(all);
  await executor.close();
  return results;
}

function hash(text: string): number {
  let h = 0;
  for (const char of text) h = (Math.imul(h, 31) + char.charCodeAt(0)) | 0;
  return h;
}

describe("ModuleExecutor", () => {
  it("uses threads again, for functions named objective too", async () => {
    const results = await runModule("let calls = 0; export const objective = () => ++calls;", 3);
    expect(results.map((result) => result.values.loss)).toEqual([1, 2, 3]);
  });

  it("keeps compiled code of its module where the process does, if it does", async () => {
    vi.stubEnv("NODE_COMPILE_CACHE", undefined);
    const kept = vi.spyOn(module, "getCompileCacheDir").mockReturnValue(join(folder, "compiled", "v24"));
    const source = (more: string): string => `import { getCompileCacheDir } from "node:module";
      export default () => Number(getCompileCacheDir()?.startsWith(${JSON.stringify(join(folder, "compiled"))}) ?? false);${more}`;
    expect(await runModule(source(""), 1)).toMatchObject([{ values: { loss: 1 } }]);
    kept.mockReturnValue(undefined);
    expect(await runModule(source("// none"), 1)).toMatchObject([{ values: { loss: 0 } }]);
    kept.mockRestore();
    vi.unstubAllEnvs();
  });

  it("runs busy functions at the same time", async () => {
    // Each waits, without yielding, until both have begun.
    const source = `
      import { readdirSync, writeFileSync } from "node:fs";
      export default (trial) => {
        writeFileSync(${JSON.stringify(folder)} + "/begun-" + trial.number, "");
        while (readdirSync(${JSON.stringify(folder)}).filter((name) => name.startsWith("begun-")).length < 2);
        return trial.number;
      };`;
    expect((await runModule(source, 2, 2)).map((result) => result.values.loss)).toEqual([0, 1]);
  });

  it("replaces a thread that dies, and goes on", async () => {
    const source = "export default (trial) => { if (trial.number === 0) process.exit(5); return 3; };";
    const [first, second] = await runModule(source, 2);
    expect(first).toMatchObject({
      state: "failed",
      end: { outcome: "error", message: expect.stringMatching(/code 5/) },
    });
    expect(second).toMatchObject({ state: "complete", values: { loss: 3 } });
  });

  it("replaces a thread whose timer throws", async () => {
    const source =
      "export default (trial) => trial.number > 0 ? 3 : new Promise(() => setTimeout(() => { throw new Error('late') }));";
    const [first, second] = await runModule(source, 2);
    expect(first).toMatchObject({ state: "failed", end: { outcome: "error", message: expect.stringMatching(/late/) } });
    expect(second?.state).toBe("complete");
  });

  it("ends a busy function that asks shouldStop, and kills one that does not", async () => {
    const modulePath = join(folder, "busy.mjs");
    writeFileSync(
      modulePath,
      "export default (trial) => { trial.report(1, 7); while (trial.number === 1 || !trial.shouldStop()); return 1; };",
    );
    const executor = new ModuleExecutor({ modulePath, workers: 1 });
    const polite = startJob(executor, contractJob({ ending: "value" }, 0));
    await polite.firstReport;
    polite.stop.abort();
    expect(await polite.result).toMatchObject({ state: null, values: { loss: 7 }, end: { outcome: "preempted" } });
    const deaf = startJob(executor, contractJob({ ending: "value" }, 1));
    await deaf.firstReport;
    deaf.kill.abort();
    expect(await deaf.result).toMatchObject({ state: null, end: { outcome: "preempted" } });
    await executor.close();
  });

  it("ends a function that waits for its signal, and lets the next trial have one of its own", async () => {
    const modulePath = join(folder, "waiting.mjs");
    writeFileSync(
      modulePath,
      `export default async (trial) => {
  trial.report(1, 7);
  if (trial.number === 1) return trial.signal.aborted ? 1 : 0;
  await new Promise((resolve) => trial.signal.addEventListener("abort", resolve));
  trial.report(2, 8);
  return 2;
};`,
    );
    const executor = new ModuleExecutor({ modulePath, workers: 1 });
    const stopped = startJob(executor, contractJob({ ending: "value" }));
    await stopped.firstReport;
    stopped.stop.abort();
    expect(await stopped.result).toMatchObject({ state: null, values: { loss: 8 }, end: { outcome: "preempted" } });
    const next = startJob(executor, contractJob({ ending: "value" }, 1));
    expect(await next.result).toMatchObject({ state: "complete", values: { loss: 0 } });
    await executor.close();
  });

  it.each([
    ["export const nothing = 1;", /exports no function/],
    ["export default () => undefined;", /function returned/],
    ["syntax error", /SyntaxError/],
  ])("says what is wrong with %j", async (source, message) => {
    const [result] = await runModule(source, 1);
    expect(result).toMatchObject({
      state: "failed",
      end: { outcome: "error", message: expect.stringMatching(message) },
    });
  });

  it("says that the module is not there, and which is", () => {
    writeFileSync(join(folder, "present.mjs"), "export default () => 1;");
    const made = (): ModuleExecutor => new ModuleExecutor({ modulePath: join(folder, "presnt.mjs") });
    expect(made).toThrow(/^There is no module .*presnt\.mjs.*Did you mean "present\.mjs"\?$/);
    expect(() => new ModuleExecutor({ modulePath: folder })).toThrow(/is a folder; give the module/);
  });

  it("takes nothing that a function says after its end for a word of the next trial", async () => {
    const source = `let late = null;
export default async (trial) => {
  if (trial.number === 0) { late = trial; return 0; }
  late.report(7, 70);
  let asked = "answered";
  try { late.float("x", 0, 1); } catch (error) { asked = error.message; }
  trial.report(1, asked.includes("too late") ? 10 : -1);
  await new Promise((resolve) => setImmediate(resolve));
  return 1;
};`;
    const modulePath = join(folder, "late.mjs");
    writeFileSync(modulePath, source);
    const executor = new ModuleExecutor({ modulePath, workers: 1 });
    await startJob(executor, contractJob({ ending: "value" })).result;
    const second = startJob(executor, contractJob({ ending: "value" }, 1));
    expect(await second.result).toMatchObject({ state: "complete" });
    expect(second.reports).toEqual([[1, { loss: 10 }]]);
    await executor.close();
  });

  describe("a function that never yields and reports without end", () => {
    const source = `export default (trial) => {
  let step = 0;
  while (!trial.shouldStop() && step < 20_000) trial.report(step++, 1);
  return step;
};`;
    const hasty = () => {
      const modulePath = join(folder, "hasty.mjs");
      writeFileSync(modulePath, source);
      return new ModuleExecutor({ modulePath, workers: 1 });
    };

    it("waits while there is no room, with a bounded number of reports under way", async () => {
      const executor = hasty();
      let gate = Promise.withResolvers<void>();
      let [most, taken] = [0, 0];
      const room = () => {
        most = Math.max(most, job.reports.length - taken);
        return job.reports.length - taken < 100 ? null : gate.promise;
      };
      const job = startJob(executor, contractJob({ ending: "value" }), room);
      // Whenever the thread has nothing more under way, all that came is taken.
      const writer = setInterval(() => {
        taken = job.reports.length;
        gate.resolve();
        gate = Promise.withResolvers();
      }, 1);
      expect(await job.result).toMatchObject({ state: "complete", values: { loss: 20_000 } });
      clearInterval(writer);
      expect(job.reports).toHaveLength(20_000);
      expect(most).toBeLessThanOrEqual(100 + MOST_UNDER_WAY);
      await executor.close();
    });

    it.each(["stop", "kill"] as const)("ends by %s where it waits for room that never comes", async (how) => {
      const executor = hasty();
      const full = Promise.withResolvers<void>();
      const room = () => {
        if (job.reports.length >= MOST_UNDER_WAY) full.resolve();
        return new Promise<void>(() => undefined);
      };
      const job = startJob(executor, contractJob({ ending: "value" }), room);
      await full.promise;
      job[how].abort();
      expect(await job.result).toMatchObject({ state: null, end: { outcome: "preempted" } });
      expect(job.reports).toHaveLength(MOST_UNDER_WAY);
      await executor.close();
    });
  });

  it("takes no thread that ended between two trials", async () => {
    const source =
      "export default (trial) => { if (trial.number === 0) setImmediate(() => process.exit(0)); return 1; };";
    const modulePath = join(folder, "leaving.mjs");
    writeFileSync(modulePath, source);
    const executor = new ModuleExecutor({ modulePath, workers: 1 });
    const ended = Promise.withResolvers<void>();
    process.once("worker", (worker) => worker.once("exit", ended.resolve));
    await startJob(executor, contractJob({ ending: "value" })).result;
    await ended.promise;
    expect((await startJob(executor, contractJob({ ending: "value" }, 1)).result).state).toBe("complete");
    await executor.close();
  });

  it("takes no thread whose end comes in one turn with its last word", async () => {
    const modulePath = join(folder, "returning.mjs");
    writeFileSync(modulePath, "export default () => 1;");
    const executor = new ModuleExecutor({ modulePath, workers: 1 });
    const started: Worker[] = [];
    const onWorker = (worker: Worker): void => {
      started.push(worker);
      worker.once("message", () => process.nextTick(() => worker.emit("exit", 0)));
    };
    process.on("worker", onWorker);
    const results = [0, 1].map((number) => startJob(executor, contractJob({ ending: "value" }, number)).result);
    expect((await Promise.all(results)).map(({ state }) => state)).toEqual(["complete", "complete"]);
    expect(started).toHaveLength(2);
    process.off("worker", onWorker);
    await executor.close();
  });

  it("answers what a function asks for while it runs, and says why it cannot", async () => {
    const modulePath = join(folder, "asking.mjs");
    writeFileSync(
      modulePath,
      `export default (trial) => {
  const sum = trial.float("x", 0, 1) + trial.float("y", 0, 1);
  try { trial.float("z", 0, 1); } catch (error) { return { loss: sum, code: error.code === "invalid-argument" ? 1 : 0 }; }
};`,
    );
    const executor = new ModuleExecutor({ modulePath, workers: 1 });
    const signal = new AbortController().signal;
    const asked: string[] = [];
    const ask = ({ name }: { readonly name: string }): number => {
      asked.push(name);
      if (name === "z") throw new AttuneError("invalid-argument", "z is none of this study's.");
      return name === "x" ? 0.25 : 0.5;
    };
    const job = { ...contractJob({ ending: "value" }), metrics: ["loss", "code"] };
    const events = { report: () => undefined, room: () => null, ask };
    const result = await executor.run(job, events, { stop: signal, kill: signal });
    expect(result).toMatchObject({ state: "complete", values: { loss: 0.75, code: 1 } });
    expect(asked).toEqual(["x", "y", "z"]);
    await executor.close();
  });
});

it("holds a thread back in its report, lets another run meanwhile, and goes on with it", async () => {
  const modulePath = join(folder, "held.mjs");
  const source =
    "export default (trial) => { for (let step = 1; step <= 50; step++) trial.report(step, step); return trial.number; };";
  writeFileSync(modulePath, source);
  const executor = new ModuleExecutor({ modulePath, workers: 1 });
  const start = (trial: number) => startJob(executor, contractJob({ ending: "value" }, trial));
  const job = start(0);
  job.freeze.abort();
  const { frozen } = await job.result;
  const given = start(1);
  given.freeze.abort();
  const second = (await given.result).frozen!;
  expect((await start(2).result).values).toEqual({ loss: 2 });
  const again = wakeJob(frozen!);
  expect((await again.result).values).toEqual({ loss: 0 });
  const steps = [...job.reports, ...again.reports].map(([step]) => step);
  expect(steps).toEqual(Array.from({ length: 50 }, (_, k) => k + 1));
  await second.end(0);
  expect((await start(3).result).values).toEqual({ loss: 3 });
  await executor.close();
});
