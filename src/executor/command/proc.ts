import { readdirSync, readFileSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { withSpareDescriptor } from "../spare-descriptor.ts";

/** Processes looked at before the event loop gets its turn again. */
const LOOKS_A_TURN = 64;

/** Ids of all other processes of this machine, by Linux's /proc. */
export async function* otherProcesses(): AsyncGenerator<number> {
  let looks = 0;
  for (const name of withSpareDescriptor(() => readdirSync("/proc"))) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    yield pid;
    if (++looks % LOOKS_A_TURN === 0) await setImmediate();
  }
}

/** What /proc tells in one of a process's files; null when the process has gone meanwhile, or is another user's. */
export function readProcess(pid: number, file: string): Buffer | null {
  try {
    return withSpareDescriptor(() => readFileSync(`/proc/${pid}/${file}`));
  } catch (error) {
    if (
      error instanceof Error &&
      "code" in error &&
      ["ENOENT", "ESRCH", "EACCES", "EPERM"].includes(String(error.code))
    )
      return null;
    throw error;
  }
}
