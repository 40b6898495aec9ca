import { readProcess } from "./proc.ts";

/** What /proc/PID/stat tells of a process (proc_pid_stat(5)). */
export interface ProcessStat {
  readonly pid: number;
  readonly name: string;
  /** `T` and `t`: stopped; `Z` and `X`: ended. */
  readonly state: string;
  readonly parent: number;
  readonly group: number;
  /** In clock ticks since boot: with the id it names one process. */
  readonly started: string;
}

/** Null when the process has gone. */
export function readStat(pid: number): ProcessStat | null {
  const text = readProcess(pid, "stat")?.toString("latin1");
  if (text === undefined) return null;
  // The name in parentheses may hold blanks and parentheses itself.
  const end = text.lastIndexOf(")");
  const [state = "", parent, group, ...more] = text.slice(end + 2).split(" ");
  const name = text.slice(text.indexOf("(") + 1, end);
  return { pid, name, state, parent: Number(parent), group: Number(group), started: more[16] ?? "" };
}
