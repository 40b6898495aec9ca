/** Places where a test may let the process die: before or after each statement that changes the file. */
export const FAULT_POINTS = [
  "open.created",
  "open.wal",
  "migrate.backup-begun",
  "migrate.backed-up",
  "migrate.begun",
  "migrate.step",
  "migrate.versioned",
  "migrate.committed",
  "migrate.vacuumed",
  "write.begun",
  "write.before-commit",
  "write.committed",
  "create.study-inserted",
  "create.event-inserted",
  "claim.decided",
  "claim.event-inserted",
  "claim.done",
  "start.event-inserted",
  "reserve.event-inserted",
  "release.event-inserted",
  "commit.decided",
  "commit.event-inserted",
  "commit.done",
  "report.decided",
  "report.event-inserted",
  "report.done",
  "finish.decided",
  "finish.event-inserted",
  "finish.done",
  "return.event-inserted",
  "pause.event-inserted",
  "resume.event-inserted",
  "transition.event-inserted",
  "enqueue.event-inserted",
  "import.event-inserted",
  "renew.written",
  "tuning-time.written",
  "delete.event-inserted",
  "delete.marked",
  "snapshot.block-written",
  "snapshot.head-written",
  "snapshot.written",
  "snapshot.step-committed",
  "snapshot.committed",
  "pack.run-inserted",
  "pack.rows-dropped",
  "pack.committed",
  "close.closed",
] as const;

export type FaultPoint = (typeof FAULT_POINTS)[number];

interface Armed {
  readonly point: string;
  left: number;
}

/** `ATTUNE_FAULT=point:n`, or null when it is unset. */
function readSwitch(text: string | undefined): Armed | null {
  if (text === undefined || text === "") return null;
  const [point = "", times = "1"] = text.split(":");
  return { point, left: Number(times) };
}

const armed = readSwitch(process.env.ATTUNE_FAULT);

/**
 * For crash tests: kills the own process (SIGKILL, nothing is flushed) at the n-th passage of the point that the environment
 * variable `ATTUNE_FAULT=point:n` names. Any name may be passed; the ones tests can rely on are in FAULT_POINTS.
 */
export function faultPoint(point: FaultPoint | `${string}.${string}`): void {
  if (armed === null || armed.point !== point) return;
  armed.left -= 1;
  if (armed.left === 0) process.kill(process.pid, "SIGKILL");
}
