import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { bytesTogether } from "./bytes-together.ts";
import { otherProcesses, readProcess } from "./proc.ts";
import { readStat } from "./process-stat.ts";

/** The processes of one attempt: those of its group, and on Linux those with its marker in their environment. */
export interface Tree {
  readonly group: number;
  readonly marker: string;
  /** Bytes up to which an upper bound is answer enough. */
  readonly allowed: number;
}

/**
 * Memory resident in each tree, in bytes. Linux: `VmRSS` of /proc/PID/status summed over the tree; when that is more than is
 * allowed, pages shared between processes are counted once (`Pss` of /proc/PID/smaps_rollup, where it may be read). macOS: `rss`
 * of `ps` summed over the process group. Elsewhere 0.
 */
export async function residentBytes<T extends Tree>(trees: readonly T[]): Promise<ReadonlyMap<T, number>> {
  if (process.platform === "linux") return await fromProc(trees);
  if (process.platform === "darwin") return await fromPs(trees);
  return new Map();
}

async function fromProc<T extends Tree>(trees: readonly T[]): Promise<ReadonlyMap<T, number>> {
  const members = new Map<T, number[]>(trees.map((tree) => [tree, []]));
  for await (const pid of otherProcesses()) {
    const tree = treeOf(pid, trees);
    if (tree !== undefined) members.get(tree)!.push(pid);
  }
  return new Map([...members].map(([tree, pids]) => [tree, bytesTogether(pids, tree.allowed, textOf)]));
}

function treeOf<T extends Tree>(pid: number, trees: readonly T[]): T | undefined {
  const group = readStat(pid)?.group;
  const own = trees.find((tree) => tree.group === group);
  if (own !== undefined) return own;
  const environment = textOf(pid, "environ");
  return trees.find((tree) => environment?.includes(tree.marker));
}

async function fromPs<T extends Tree>(trees: readonly T[]): Promise<ReadonlyMap<T, number>> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pgid=,rss="]);
  return bytesByGroup(stdout, trees);
}

/** What `ps -o pgid=,rss=` tells of each tree, in bytes. */
export function bytesByGroup<T extends Tree>(told: string, trees: readonly T[]): ReadonlyMap<T, number> {
  const used = new Map<T, number>(trees.map((tree) => [tree, 0]));
  for (const line of told.split("\n")) {
    const [group, kilo] = line.trim().split(/\s+/).map(Number);
    const tree = trees.find((one) => one.group === group);
    if (tree !== undefined) used.set(tree, used.get(tree)! + kilo! * 1024);
  }
  return used;
}

function textOf(pid: number, file: string): string | null {
  return readProcess(pid, file)?.toString("latin1") ?? null;
}
