/** A file of a process in /proc; null when the process has gone, or is another user's. */
type ReadProcess = (pid: number, file: string) => string | null;

/**
 * Bytes of memory that processes have together: their resident memory as long as that is no more than `allowed`, else with pages that
 * several share counted once. None of what one had that has ended meanwhile counts.
 */
export function bytesTogether(pids: readonly number[], allowed: number, read: ReadProcess): number {
  const field = (pid: number, file: string, name: string): number | null => {
    const found = new RegExp(`^${name}:\\s*(\\d+) kB`, "m").exec(read(pid, file) ?? "");
    return found === null ? null : Number(found[1]) * 1024;
  };
  const resident = (pid: number): number => field(pid, "status", "VmRSS") ?? 0;
  const share = (pid: number): number => field(pid, "smaps_rollup", "Pss") ?? resident(pid);
  const sum = (one: (pid: number) => number): number => pids.reduce((total, pid) => total + one(pid), 0);
  const upper = sum(resident);
  if (upper <= allowed) return upper;
  const first = sum(share);
  // The share of the others grows with each process that ends between two looks: only what is seen twice is true.
  return first <= allowed ? first : Math.min(first, sum(share));
}
