import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { contractJob, startJob } from "../executor.contract.ts";
import { CommandExecutor, type CommandExecutorOptions } from "./command-executor.ts";
import { type GpuLease, GpuSlots } from "./gpu-slots.ts";
import { threadVariables } from "./thread-variables.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "attune-resources-")));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const opened: CommandExecutor[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((executor) => executor.close()));
});

function open(shell: string, options: Partial<CommandExecutorOptions>): CommandExecutor {
  const executor = new CommandExecutor({ command: { shell }, parameters: [], ...options });
  opened.push(executor);
  return executor;
}

async function logOf(shell: string, options: Partial<CommandExecutorOptions>): Promise<readonly string[]> {
  const log = join(folder, `${opened.length}-${Math.floor(performance.now() * 1000)}.log`);
  await startJob(open(shell, { ...options, logFile: () => log }), contractJob({ ending: "value" })).result;
  return readFileSync(log, "utf8").trim().split("\n");
}

const never = new AbortController().signal;

describe("GpuSlots", () => {
  it("never puts more trials on a GPU than allowed, gives each trial different ones, and serves all in turn", () => {
    const plans = fc
      .record({ count: fc.integer({ min: 1, max: 5 }), trialsPerGpu: fc.integer({ min: 1, max: 3 }) })
      .chain((plan) => fc.record({ plan: fc.constant(plan), gpusPerTrial: fc.integer({ min: 1, max: plan.count }) }));
    return fc.assert(
      fc.asyncProperty(plans, fc.array(fc.nat(), { maxLength: 30 }), async ({ plan, gpusPerTrial }, turns) => {
        const gpus = Array.from({ length: plan.count }, (_, place) => `gpu-${place}`);
        const slots = new GpuSlots({ gpus, trialsPerGpu: plan.trialsPerGpu, gpusPerTrial });
        const held: GpuLease[] = [];
        const served: number[] = [];
        const check = (): void => {
          const used = new Map<string, number>();
          for (const lease of held) {
            expect(new Set(lease.gpus).size).toBe(gpusPerTrial);
            for (const gpu of lease.gpus) used.set(gpu, (used.get(gpu) ?? 0) + 1);
          }
          for (const count of used.values()) expect(count).toBeLessThanOrEqual(plan.trialsPerGpu);
        };
        const asked = turns.map((_, place) =>
          slots.take(never).then((lease) => {
            served.push(place);
            held.push(lease!);
            check();
          }),
        );
        for (const turn of turns) {
          await Promise.resolve();
          await new Promise(setImmediate);
          const [lease] = held.splice(held.length === 0 ? 0 : turn % held.length, 1);
          lease?.release();
          lease?.release();
        }
        await Promise.all(asked);
        expect(served).toEqual(turns.map((_, place) => place));
      }),
      { numRuns: 50 },
    );
  });

  it("lets a waiting trial go when it is stopped", async () => {
    const slots = new GpuSlots({ gpus: ["0"], trialsPerGpu: 1, gpusPerTrial: 1 });
    const first = await slots.take(never);
    const stop = new AbortController();
    const waiting = slots.take(stop.signal);
    const next = slots.take(never);
    stop.abort();
    expect(await waiting).toBeNull();
    first!.release();
    expect((await next)!.gpus).toEqual(["0"]);
  });

  it("refuses what can never be given", () => {
    expect(() => new GpuSlots({ gpus: ["0"], trialsPerGpu: 1, gpusPerTrial: 2 })).toThrow(/get 2 GPUs, but 1 is given/);
    expect(() => new GpuSlots({ gpus: ["0", "0"], trialsPerGpu: 1, gpusPerTrial: 1 })).toThrow(/given twice/);
  });
});

describe("threadVariables", () => {
  it("shares the processors, at least one each, and leaves what the user set", () => {
    expect(threadVariables({}, 8, 3)).toEqual({
      OMP_NUM_THREADS: "2",
      MKL_NUM_THREADS: "2",
      OPENBLAS_NUM_THREADS: "2",
    });
    expect(threadVariables({}, 2, 5).OMP_NUM_THREADS).toBe("1");
    expect(threadVariables({ MKL_NUM_THREADS: "7" }, 8, 2)).toEqual({
      OMP_NUM_THREADS: "4",
      OPENBLAS_NUM_THREADS: "4",
    });
    expect(threadVariables({ OMP_NUM_THREADS: "7" }, 8, 2)).toEqual({});
  });
});

describe("what a program gets", () => {
  it("is its GPUs, and its threads", async () => {
    const gpus = { gpus: ["3", "GPU-1a"], trialsPerGpu: 1, gpusPerTrial: 2 };
    const log = await logOf("echo $CUDA_VISIBLE_DEVICES $OMP_NUM_THREADS", { gpus, workers: 1 });
    expect(log).toEqual([`3,GPU-1a ${availableParallelism()}`]);
  });

  it("waits for a GPU while all are taken", async () => {
    const executor = open('echo step 1 loss=$CUDA_VISIBLE_DEVICES; [ "$ATTUNE_PARAM_ENDING" = value ] || sleep 1000', {
      gpus: { gpus: ["0"], trialsPerGpu: 1, gpusPerTrial: 1 },
    });
    const first = startJob(executor, contractJob({ ending: "hang" }));
    await first.firstReport;
    const second = startJob(executor, contractJob({ ending: "value" }, 1));
    first.kill.abort();
    await first.result;
    expect(await second.result).toMatchObject({ state: "complete", values: { loss: 0 } });
  });

  it("is a lower priority when asked for", async () => {
    const [mine] = await logOf("nice", {});
    const [lower] = await logOf("sleep 0.05; nice", { nice: 5 });
    expect(Number(lower)).toBe(Math.min(19, Number(mine) + 5));
  });
});
