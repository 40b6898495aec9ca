import { readFileSync } from "node:fs";

/**
 * How many processes the kernel has killed for want of memory since the machine's start, those at a limit of a container or
 * service (cgroup) included: `oom_kill` of /proc/vmstat. Null where that is not told (other systems, kernels before 4.13).
 */
export function oomKills(): number | null {
  if (process.platform !== "linux") return null;
  try {
    const found = /^oom_kill (\d+)$/m.exec(readFileSync("/proc/vmstat", "utf8"));
    return found === null ? null : Number(found[1]);
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "EACCES")) return null;
    throw error;
  }
}
