/**
 * Sends a signal to a process, or for a negative id to every process of a group; false when there is none any more, or none that is
 * ours to signal.
 */
export function signalProcess(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    // EPERM: on macOS what is left of a group are zombies.
    if (error instanceof Error && "code" in error && (error.code === "ESRCH" || error.code === "EPERM")) return false;
    throw error;
  }
}
