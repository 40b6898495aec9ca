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

/** Helpers of a new run, neither of which has a process yet. */
export function createHelpers(): RunHelpers {
  return { launcher: new Launcher(), guardian: createGuardian() };
}

/** A guardian with a mark of its own, which has no process yet. */
export function createGuardian(): Guardian {
  return new Guardian(`${tunerMark(currentProcess())}-${randomBytes(6).toString("hex")}`);
}

/** Starts both before they are needed: a launcher that came to stand still without a guardian would outlive its tuner. */
export function startHelpers(): RunHelpers {
  const helpers = createHelpers();
  const { launcher, guardian } = helpers;
  launcher.start();
  guardian.wakes(launcher.pid);
  try {
    guardian.start();
  } catch (error) {
    // Nothing is started without it, so it will be asked for again.
    if (lacksRoom(error) === null) throw error;
  }
  launcher.wakes(guardian.pid);
  return helpers;
}

/** Lets both go; what still runs is killed. */
export function endHelpers({ launcher, guardian }: RunHelpers): void {
  launcher.end();
  guardian.end();
}
