import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { contractJob, startJob } from "../executor.contract.ts";
import { CommandExecutor, type CommandExecutorOptions } from "./command-executor.ts";

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
