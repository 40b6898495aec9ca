import { readFileSync, writeFileSync } from "node:fs";

const FILE = "/proc/self/oom_score_adj";
/** Half of the machine's memory, as the kernel counts it in. */
const ADDED = 500;
const MOST = 1000;

/**
 * Calls `start`, and what it starts is ended before this process and its tuner when the machine wants for memory (Linux). What a process
 * starts takes over its score, so that no program can start another first.
 */
export function asFirstVictim<T>(start: () => T): T {
  const own = ownScore();
  if (own === null || !setScore(Math.min(MOST, own + ADDED))) return start();
  try {
    return start();
  } finally {
    setScore(own);
  }
}

function ownScore(): number | null {
  try {
    return Number(readFileSync(FILE, "utf8"));
  } catch {
    // No /proc, as in some sandboxes and elsewhere than on Linux: programs run with the score they have.
    return null;
  }
}

/** False where it may not be written. */
function setScore(score: number): boolean {
  try {
    writeFileSync(FILE, String(score));
    return true;
  } catch {
    return false;
  }
}
