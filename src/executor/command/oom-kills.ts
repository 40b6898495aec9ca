import { readSystemFile } from "../read-system-file.ts";

/**
 * How many processes the kernel has killed for want of memory since the machine's start, those at a limit of a container or
 * service (cgroup) included: `oom_kill` of /proc/vmstat. Null where that is not told (other systems, kernels before 4.13).
 */
export function oomKills(): number | null {
  const found = /^oom_kill (\d+)$/m.exec(readSystemFile("/proc/vmstat") ?? "")?.[1];
  return found === undefined ? null : Number(found);
}
