import { execFileSync } from "node:child_process";
import { readProcess } from "./proc.ts";

/** Bytes that these processes hold together, in memory and swapped out, what several share counted once where the system tells. */
export function heldBytes(pids: readonly number[]): number {
  if (pids.length === 0) return 0;
  if (process.platform === "linux") return pids.reduce((sum, pid) => sum + ofProcess(pid), 0);
  if (process.platform !== "darwin") return 0;
  return residentInPs(execFileSync("ps", ["-o", "rss=", "-p", pids.join(",")], { encoding: "utf8" }));
}

/** What `ps -o rss=` tells, in bytes. */
export function residentInPs(told: string): number {
  return told.split("\n").reduce((sum, line) => sum + Number(line.trim()) * 1024, 0);
}

/** What /proc/PID/smaps_rollup tells, where there is one, else /proc/PID/status: in memory and swapped out together, in bytes. */
export function heldInProc(rollup: string | null, status: string): number {
  if (rollup !== null) return field(rollup, "Pss") + field(rollup, "SwapPss");
  return field(status, "VmRSS") + field(status, "VmSwap");
}

function ofProcess(pid: number): number {
  const [rollup, status] = [readProcess(pid, "smaps_rollup"), readProcess(pid, "status")];
  return heldInProc(rollup?.toString("latin1") ?? null, String(status));
}

function field(text: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s*(\\d+) kB`, "m").exec(text)?.[1] ?? 0) * 1024;
}
