import { readdirSync, readFileSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { fromSystem } from "../read-system-file.ts";

/** Processes looked at before the event loop gets its turn again. */
const LOOKS_A_TURN = 64;

/** Ids of all other processes of this machine, by Linux's /proc; none where there is no such folder. */
export async function* otherProcesses(): AsyncGenerator<number> {
  let looks = 0;
  for (const name of fromSystem("/proc", (folder) => readdirSync(folder)) ?? []) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    yield pid;
    if (++looks % LOOKS_A_TURN === 0) await setImmediate();
  }
}

/** What /proc tells in one of a process's files; null when the process has gone meanwhile, or is another user's. */
export function readProcess(pid: number, file: string): Buffer | null {
  return fromSystem(`/proc/${pid}/${file}`, (path) => readFileSync(path));
}
