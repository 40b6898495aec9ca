import { rm, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { bytesOnDisk } from "../bytes-on-disk.ts";
import type { CheckpointDisk } from "../executor.ts";

/** Where programs leave their checkpoints: folders on a disk of this machine. */
export const CHECKPOINT_DISK: CheckpointDisk = {
  bytes: (checkpoint) => bytesOnDisk(checkpoint),
  free: async (checkpoint) => {
    try {
      const { bavail, bsize } = await statfs(dirname(checkpoint));
      return bavail * bsize;
    } catch (error) {
      if (!(error instanceof Error && "code" in error)) throw error;
      return Number.POSITIVE_INFINITY;
    }
  },
  remove: async (checkpoint) => {
    try {
      await rm(checkpoint, { recursive: true, force: true });
    } catch (error) {
      // What cannot be removed is left where it is: nothing refers to it, and `attune gc` finds it.
      if (!(error instanceof Error && "code" in error)) throw error;
    }
  },
};
