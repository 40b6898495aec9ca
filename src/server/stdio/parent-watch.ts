import { processOf, processState } from "../../executor/process-identity.ts";

const LOOK_MS = 500;

/**
 * Tells once the process that started this one is gone: the end of its input does not, where a child of that process holds the other end
 * too. Answers what stops the watch.
 */
export function watchParent(gone: () => void): () => void {
  const parent = processOf(process.ppid);
  const look = (): void => {
    // A process whose parent ends gets another one; an id may be given again.
    if (process.ppid === parent.pid && processState(parent) !== "dead") return;
    clearInterval(timer);
    gone();
  };
  const timer = setInterval(look, LOOK_MS);
  timer.unref();
  return () => clearInterval(timer);
}
