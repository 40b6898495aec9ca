import { closeSync, openSync } from "node:fs";
import { lacksRoom } from "../storage/lacks-room.ts";

let spare: number | null = null;

/** Keeps one open file that nobody uses, as far as there is room for it now. */
export function keepSpareDescriptor(): void {
  if (spare !== null) return;
  try {
    spare = openSync("/dev/null", "r");
  } catch (error) {
    if (lacksRoom(error) === null) throw error;
  }
}

/**
 * What `read` answers, which opens one file at a time and closes it: where no descriptor is left for it, the one that is kept is given
 * up for that long. So a run that has no room for one more program can still look after those that it has.
 */
export function withSpareDescriptor<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (spare === null || lacksRoom(error) === null) throw error;
  }
  closeSync(spare);
  spare = null;
  try {
    return read();
  } finally {
    keepSpareDescriptor();
  }
}
