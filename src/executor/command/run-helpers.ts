import { randomBytes } from "node:crypto";
import { lacksRoom } from "../../storage/lacks-room.ts";
import { currentProcess } from "../process-identity.ts";
import { tunerMark } from "../tuner-mark.ts";
import { Guardian } from "./guardian.ts";
import { Launcher } from "./launcher.ts";

/** The two small processes that stand by a run. */
export interface RunHelpers {
  readonly launcher: Launcher;
  readonly guardian: Guardian;
}

/** Helpers of a new run, neither of which has a process yet. Each lets the other go on when the tuner dies, whatever took its place meanwhile. */
export function createHelpers(): RunHelpers {
  const launcher: Launcher = new Launcher((pid, group) => {
    guardian.wakes(pid);
    guardian.endsToo(group);
  });
  const guardian = createGuardian((pid) => launcher.wakes(pid));
  return { launcher, guardian };
}

/** A guardian with a mark of its own, which has no process yet; `onStart` as for the guardian itself. */
export function createGuardian(onStart?: (pid: number) => void): Guardian {
  return new Guardian(`${tunerMark(currentProcess())}-${randomBytes(6).toString("hex")}`, onStart);
}

/** Starts both before they are needed: a launcher that came to stand still without a guardian would outlive its tuner. */
export function startHelpers(): RunHelpers {
  const helpers = createHelpers();
  helpers.launcher.start();
  try {
    helpers.guardian.start();
  } catch (error) {
    // Nothing is started without it, so it will be asked for again.
    if (lacksRoom(error) === null) throw error;
  }
  return helpers;
}

/** Lets both go; what still runs is killed. */
export function endHelpers({ launcher, guardian }: RunHelpers): void {
  launcher.end();
  guardian.end();
}
