import { readdirSync } from "node:fs";

/** In a namespace of its own: false where a test left a process behind. */
export function isAlone(): boolean {
  if (process.pid !== 1) return true;
  return readdirSync("/proc").every((name) => !/^\d+$/.test(name) || name === "1");
}
