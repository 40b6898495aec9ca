import { setImmediate } from "node:timers/promises";
import { otherProcesses, readProcess } from "./proc.ts";
import { signalProcess } from "./signal-process.ts";

const MAX_ROUNDS = 100;

/**
 * Kills every process that has one of the markers in its environment, in whatever group or session, until a look finds
 * none. Linux only (elsewhere a group is all that can be told); answers the ids it killed.
 */
export async function killMarked(markers: readonly string[]): Promise<readonly number[]> {
  const killed = new Set<number>();
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const found = await findMarked(markers);
    if (found.length === 0) break;
    for (const pid of found) {
      killed.add(pid);
      signalProcess(pid, "SIGKILL");
    }
    await setImmediate();
  }
  return [...killed];
}

/** Ids of the processes that have one of the markers in their environment; none but on Linux. Zombies have no environment. */
export async function findMarked(markers: readonly string[]): Promise<readonly number[]> {
  const needles = markers.map((marker) => Buffer.from(marker));
  const found: number[] = [];
  for await (const pid of otherProcesses()) {
    const environment = readProcess(pid, "environ");
    if (environment !== null && needles.some((needle) => environment.includes(needle))) found.push(pid);
  }
  return found;
}
