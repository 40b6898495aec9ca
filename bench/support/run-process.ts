import { spawn } from "node:child_process";

export interface ProcessRun {
  /** Wall time from spawn to the end of all output, in ms. */
  readonly ms: number;
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end and takes the time. */
export async function runProcess(
  words: readonly string[],
  options: { readonly cwd?: string; readonly environment?: NodeJS.ProcessEnv } = {},
): Promise<ProcessRun> {
  const [program, ...rest] = words;
  const begin = performance.now();
  const child = spawn(program!, rest, {
    cwd: options.cwd,
    env: { ...process.env, ...options.environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    output.stdout += chunk;
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    output.stderr += chunk;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  return { ms: performance.now() - begin, code, ...output };
}

/** The same, and an Error with the output when it does not end with code 0. */
export async function runOrThrow(...given: Parameters<typeof runProcess>): Promise<ProcessRun> {
  const run = await runProcess(...given);
  if (run.code === 0) return run;
  throw new Error(`${given[0].join(" ")} ended with code ${run.code}:\n${run.stdout}${run.stderr}`);
}
