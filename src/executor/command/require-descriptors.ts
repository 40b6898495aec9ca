import { closeSync, openSync, readFileSync } from "node:fs";

/** What starting a process takes for a moment: three pipes, and one more to learn of its start. */
const SPARE = 10;

let limit: number | null = null;

/**
 * Throws an error with code EMFILE where this process has too few descriptors left to start another one (Linux). Starting it all the same
 * would lose two of them for good each time: Node leaves pipes open when it fails midway.
 */
export function requireDescriptors(): void {
  limit ??= softLimit();
  if (limit === Number.POSITIVE_INFINITY) return;
  // The system gives out the lowest number that is free.
  const lowest = openSync("/dev/null", "r");
  closeSync(lowest);
  if (lowest + SPARE <= limit) return;
  throw Object.assign(new Error(`${limit} files may be open at a time, and that many are.`), { code: "EMFILE" });
}

function softLimit(): number {
  try {
    const found = /^Max open files\s+(\d+)/m.exec(readFileSync("/proc/self/limits", "utf8"));
    return found === null ? Number.POSITIVE_INFINITY : Number(found[1]);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return Number.POSITIVE_INFINITY;
    throw error;
  }
}
