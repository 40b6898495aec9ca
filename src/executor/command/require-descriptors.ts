import { readdirSync } from "node:fs";
import { readSystemFile } from "../read-system-file.ts";
import { withSpareDescriptor } from "../spare-descriptor.ts";

/** What starting a process takes for a moment: three pipes, and one more to learn of its start. */
const SPARE = 10;

/** With as many allowed nobody counts them. */
const PLENTY = 65_536;

let limit: number | null = null;

/**
 * Throws an error with code EMFILE where this process has too few descriptors left to start another one and to open `more` files besides
 * (Linux). Starting it all the same would lose two of them for good each time: Node leaves pipes open when it fails midway.
 */
export function requireDescriptors(more = 0): void {
  limit ??= softLimit();
  if (limit >= PLENTY) return;
  // Of which one is that of the look itself.
  const open = withSpareDescriptor(() => readdirSync("/proc/self/fd")).length - 1;
  if (open + SPARE + more <= limit) return;
  throw Object.assign(new Error(`${limit} files may be open at a time, and that many are.`), { code: "EMFILE" });
}

function softLimit(): number {
  const found = /^Max open files\s+(\d+)/m.exec(readSystemFile("/proc/self/limits") ?? "")?.[1];
  return Number(found ?? Number.POSITIVE_INFINITY);
}
