import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CommandExecutor } from "../../executor/command/command-executor.ts";
import type { JobResult } from "../../executor/executor.ts";
import type { Params } from "../../space/json.ts";
import type { Space } from "../../space/space.ts";
import type { CommandTemplate } from "../../trial/study-definition.ts";
import { floatNames, programNames } from "../winning-command.ts";

/** One run of a program outside any study. */
export interface TriedProgram {
  readonly output: Buffer;
  readonly end: JobResult["end"];
  readonly seconds: number;
}

/** Signals that end the run. */
export interface TryControl {
  readonly stop: AbortSignal;
  readonly kill: AbortSignal;
}

/** Runs the program once with these values, as a trial would be; what it is given and prints lies in a folder that is removed. */
export async function tryProgram(
  command: CommandTemplate,
  space: Space,
  params: Params,
  environment: NodeJS.ProcessEnv,
  control: TryControl,
): Promise<TriedProgram> {
  const folder = await mkdtemp(join(tmpdir(), "attune-try-"));
  const log = join(folder, "output.log");
  const executor = new CommandExecutor({
    command,
    parameters: programNames(space),
    floats: floatNames(space),
    environment,
    logFile: () => log,
    inputFolder: () => join(folder, "input"),
    checkpointFolder: () => join(folder, "checkpoint"),
    stopFile: () => join(folder, "stop"),
  });
  const job = { study: "try", trial: 0, segment: 0, attempt: 0, seed: 0, until: null, resumeFrom: null };
  try {
    const begun = performance.now();
    const { end } = await executor.run(
      { ...job, params, metrics: [] },
      { report: () => undefined, ask: () => null },
      control,
    );
    const seconds = (performance.now() - begun) / 1000;
    await executor.close();
    return { output: await readLog(log), end, seconds };
  } finally {
    await executor.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A program that printed nothing has no log. */
async function readLog(log: string): Promise<Buffer> {
  try {
    return await readFile(log);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return Buffer.alloc(0);
    throw error;
  }
}
