import { lacksRoom } from "../../storage/lacks-room.ts";
import { processOf } from "../process-identity.ts";
import { tunerMark } from "../tuner-mark.ts";
import { helperMark } from "./helper-mark.ts";
import { otherProcesses } from "./proc.ts";
import { readStat } from "./process-stat.ts";
import { signalProcess } from "./signal-process.ts";

/**
 * Lets launchers and guardians go on that stand still though their tuner is gone, whichever it was: nobody else would, and once they run they
 * see that it is gone, end what is left of its programs, and themselves. Linux only.
 *
 * @returns their ids.
 */
export async function wakeStrays(): Promise<readonly number[]> {
  const woken: number[] = [];
  try {
    for await (const pid of otherProcesses()) {
      const stat = readStat(pid);
      if (stat?.state !== "T") continue;
      const mark = helperMark(pid);
      // A tuner is the parent of both for as long as it lives.
      if (mark !== null && mark !== tunerMark(processOf(stat.parent)) && signalProcess(pid, "SIGCONT")) woken.push(pid);
    }
  } catch (error) {
    // The next run looks again.
    if (lacksRoom(error) === null) throw error;
  }
  return woken;
}
