import { execFileSync } from "node:child_process";
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";

/** What a figure depends on besides the code. */
export interface Machine {
  readonly cores: number;
  readonly processor: string;
  readonly memoryGb: number;
  readonly node: string;
  readonly sqlite: string;
  readonly fileSystem: string;
  /** Load of the last minute, at the start. */
  readonly load: number;
  readonly commit: string;
}

/** Facts of this machine; `folder` is where the measured files lie. */
export function machineFacts(folder: string): Machine {
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? "unknown",
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    sqlite: process.versions.sqlite ?? "unknown",
    fileSystem: output("stat", ["-f", "-c", "%T", folder]),
    load: Math.round((loadavg()[0] ?? 0) * 100) / 100,
    commit: output("git", ["describe", "--always", "--dirty"]),
  };
}

function output(program: string, words: readonly string[]): string {
  try {
    return execFileSync(program, words, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch (error) {
    return `unknown (${error instanceof Error ? error.message.split("\n")[0] : String(error)})`;
  }
}
