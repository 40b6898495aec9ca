import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

export interface MeteredRun {
  readonly code: number | null;
  readonly seconds: number;
  /** Highest resident set of the process itself, in MB; NaN where `/proc` does not tell. */
  readonly peakMb: number;
  readonly stderr: string;
}

/** Runs a program to its end and reads the high-water mark of its memory from `/proc` while it lives (Linux). */
export async function runWithMemory(words: readonly string[], cwd: string): Promise<MeteredRun> {
  const [program, ...rest] = words;
  const begun = performance.now();
  const child = spawn(program!, rest, { cwd, stdio: ["ignore", "ignore", "pipe"] });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    stderr += chunk;
  });
  let peakMb = Number.NaN;
  const look = setInterval(() => {
    peakMb = highWaterMb(child.pid!) ?? peakMb;
  }, 20);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  clearInterval(look);
  return { code, seconds: (performance.now() - begun) / 1000, peakMb, stderr };
}

function highWaterMb(pid: number): number | null {
  try {
    const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch (error) {
    // The process is over, or there is no /proc.
    if ((error as NodeJS.ErrnoException).code === "ENOENT" || (error as NodeJS.ErrnoException).code === "ESRCH")
      return null;
    throw error;
  }
}
