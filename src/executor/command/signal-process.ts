import { orIfRefused } from "../or-if-refused.ts";

/** EPERM: on macOS what is left of a group are zombies. */
const NOBODY = ["ESRCH", "EPERM"];

/**
 * Sends a signal to a process, or for a negative id to every process of a group; false when there is none any more, or none that is
 * ours to signal.
 */
export function signalProcess(pid: number, signal: NodeJS.Signals): boolean {
  return orIfRefused<boolean>(
    () => process.kill(pid, signal),
    () => false,
    NOBODY,
  );
}
