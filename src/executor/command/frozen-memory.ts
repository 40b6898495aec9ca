import os from "node:os";
import path from "node:path";
import type { MemoryState } from "../executor.ts";
import { controlGroupMounts, isControlGroupFrozen } from "./control-group.ts";
import { heldBytes } from "./held-bytes.ts";
import { otherProcesses, readProcess } from "./proc.ts";
import { readStat } from "./process-stat.ts";

/** In the environment of every program that a tuner of this machine runs. */
const MARKED = Buffer.from("\0ATTUNE_RUN=");

/** The memory of this machine, or of the control group this process is in, and what programs stopped in it hold, of whichever tuner. */
export async function frozenMemory(): Promise<MemoryState> {
  const constrained = process.constrainedMemory();
  const total = constrained > 0 ? Math.min(constrained, os.totalmem()) : os.totalmem();
  return { total, available: process.availableMemory(), frozen: heldBytes(await frozenProcesses()) };
}

/** Ids of the processes of tuners' programs that stand still, as far as they can be seen from here; none but on Linux. */
async function frozenProcesses(): Promise<readonly number[]> {
  const found: number[] = [];
  const mounts = controlGroupMounts();
  for await (const pid of otherProcesses()) {
    const environment = readProcess(pid, "environ");
    if (environment === null || !isMarked(environment)) continue;
    if (/^T/.test(readStat(pid)?.state ?? "") || isBoxed(pid, mounts)) found.push(pid);
  }
  return found;
}

function isMarked(environment: Buffer): boolean {
  return environment.includes(MARKED) || environment.subarray(0, MARKED.length - 1).equals(MARKED.subarray(1));
}

function isBoxed(pid: number, mounts: readonly string[]): boolean {
  const own = /^0::(.*\/attune\.[\d.]+\/\d+)$/m.exec(readProcess(pid, "cgroup")?.toString() ?? "")?.[1];
  if (own === undefined) return false;
  return mounts.some((mount) => {
    return isControlGroupFrozen(path.join(mount, own));
  });
}
