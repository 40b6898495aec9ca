import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** Ids of the living processes that carry `text` in their environment, this one left out. */
export function processesWith(text: string): readonly number[] {
  return existsSync("/proc/self/environ") ? fromProc(text) : fromPs(text);
}

/** A process has gone, or is another user's. */
const UNSEEN: readonly unknown[] = ["ENOENT", "ESRCH", "EACCES", "EPERM"];

/** A file of a process in /proc, by no part of what is put to the test; null when it has gone meanwhile, or is another user's. */
function readProcess(pid: number, file: string): Buffer | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`);
  } catch (error) {
    if (error instanceof Error && "code" in error && UNSEEN.includes(error.code)) return null;
    throw error;
  }
}

/** Ids of the living children of a process. */
export function childrenOf(parent: number): readonly number[] {
  if (!existsSync("/proc/self/stat")) return childrenFromPs(parent);
  // Linux's own list of children leaves some out where others end meanwhile.
  const ids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return ids.map(Number).filter((pid) => parentOf(pid) === parent);
}

function parentOf(pid: number): number | null {
  const stat = readProcess(pid, "stat")?.toString("latin1");
  return stat === undefined ? null : Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
}

function childrenFromPs(parent: number): readonly number[] {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  return lines
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, ppid]) => ppid === parent)
    .map(([pid]) => pid!);
}

/** Ids of the living processes that a process has started, itself or through others. */
export function descendantsOf(parent: number): readonly number[] {
  return childrenOf(parent).flatMap((child) => [child, ...descendantsOf(child)]);
}

/** Waits until `left` is empty, for `seconds` at most; answers what is left then. */
export async function untilEmpty<T>(left: () => readonly T[], seconds: number): Promise<readonly T[]> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const found = left();
    if (found.length === 0 || performance.now() > end) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
    throw error;
  }
}

function isZombie(pid: number): boolean {
  const stat = readProcess(pid, "stat")?.toString("latin1");
  return stat?.slice(stat.lastIndexOf(")") + 2).startsWith("Z") ?? false;
}

function fromProc(text: string): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && (readProcess(pid, "environ")?.includes(text) ?? false));
}

function fromPs(text: string): readonly number[] {
  const lines = execFileSync("ps", ["axeww", "-o", "pid=,command="], { encoding: "utf8" }).split("\n");
  return lines
    .filter((line) => line.includes(text))
    .map((line) => Number.parseInt(line, 10))
    .filter((pid) => pid !== process.pid);
}

/** The words that a process was started with, a blank between them; empty when it is gone. */
export function commandOf(pid: number): string {
  return readProcess(pid, "cmdline")?.toString("utf8").replaceAll("\0", " ").trim() ?? "";
}

/** The words of a process, its state and its parent, for whoever wonders what it is. */
export function describeProcess(pid: number): string {
  const words = commandOf(pid).slice(0, 200);
  const stat = readProcess(pid, "stat")?.toString("latin1") ?? "";
  const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return `${words} (state ${state}, parent ${parent})`;
}
