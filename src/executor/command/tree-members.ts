import { execFile } from "node:child_process";
import { readlinkSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { fromSystem } from "../read-system-file.ts";
import { otherProcesses, readProcess } from "./proc.ts";
import { type ProcessStat, readStat } from "./process-stat.ts";

/** One process of a program's tree. */
export interface TreeMember extends ProcessStat {
  /** Names of the program that it runs, as the system and the file tell. */
  readonly names: readonly string[];
  /** It is known by its parent alone, being in another group and without a mark: nobody would find it if this process died. */
  readonly strayed: boolean;
}

/** Where a program's processes are looked for. */
export interface MarkedTree {
  readonly group: number;
  readonly marker: string;
}

/**
 * The processes of a program, parents before what they started. Linux: those of its group, those with its marker in their environment, and
 * all that these started. macOS: those of its group, and what they started, by `ps`. Elsewhere none.
 */
export async function treeMembers(tree: MarkedTree): Promise<readonly TreeMember[]> {
  if (process.platform === "linux") return await fromProc(tree);
  if (process.platform === "darwin") return await fromPs(tree);
  return [];
}

async function fromProc({ group, marker }: MarkedTree): Promise<readonly TreeMember[]> {
  const needle = Buffer.from(marker);
  const all: ProcessStat[] = [];
  const roots = new Set<number>();
  for await (const pid of otherProcesses()) {
    const stat = readStat(pid);
    if (stat === null) continue;
    all.push(stat);
    if (stat.group === group || readProcess(pid, "environ")?.includes(needle)) roots.add(pid);
  }
  return withDescendants(all, roots).map((stat) => ({ ...stat, names: namesOf(stat), strayed: !roots.has(stat.pid) }));
}

/** The name in `stat` is cut at 15 characters, and a program may change it. */
function namesOf({ pid, name }: ProcessStat): readonly string[] {
  const file = fromSystem(`/proc/${pid}/exe`, (link) => readlinkSync(link));
  return file === null ? [name] : [name, path.basename(file)];
}

async function fromPs({ group }: MarkedTree): Promise<readonly TreeMember[]> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,pgid=,state=,ucomm="]);
  return membersInPs(stdout, group);
}

/** What `ps -o pid=,ppid=,pgid=,state=,ucomm=` tells of a group and of what it started. */
export function membersInPs(told: string, group: number): readonly TreeMember[] {
  const all = told.split("\n").flatMap((line): ProcessStat[] => {
    const [pid, parent, pgid, state = "", ...name] = line.trim().split(/\s+/);
    if (name.length === 0) return [];
    return [
      { pid: Number(pid), name: name.join(" "), state, parent: Number(parent), group: Number(pgid), started: "" },
    ];
  });
  const roots = new Set(all.filter((one) => one.group === group).map(({ pid }) => pid));
  return withDescendants(all, roots).map((stat) => ({ ...stat, names: [stat.name], strayed: !roots.has(stat.pid) }));
}

/** Roots and all that they started, parents first. */
function withDescendants(all: readonly ProcessStat[], roots: ReadonlySet<number>): readonly ProcessStat[] {
  const children = Map.groupBy(all, ({ parent }) => parent);
  const found: ProcessStat[] = [];
  const seen = new Set<number>();
  const visit = (one: ProcessStat): void => {
    if (seen.has(one.pid)) return;
    seen.add(one.pid);
    found.push(one);
    for (const child of children.get(one.pid) ?? []) visit(child);
  };
  const tops = all.filter(({ pid, parent }) => roots.has(pid) && !roots.has(parent));
  for (const top of tops) visit(top);
  return found;
}
