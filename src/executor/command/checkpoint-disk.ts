import { rm, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { bytesOnDisk } from "../bytes-on-disk.ts";
import type { CheckpointDisk } from "../executor.ts";
import { orIfRefusedLater } from "../or-if-refused.ts";

/** Where programs leave their checkpoints: folders on a disk of this machine. */
export const CHECKPOINT_DISK: CheckpointDisk = {
  bytes: (checkpoint) => bytesOnDisk(checkpoint),
  free: async (checkpoint) => {
    const room = statfs(dirname(checkpoint)).then(({ bavail, bsize }) => bavail * bsize);
    return await orIfRefusedLater(room, () => Number.POSITIVE_INFINITY);
  },
  remove: async (checkpoint) => {
    // What cannot be removed is left where it is: nothing refers to it, and `attune gc` finds it.
    await orIfRefusedLater(rm(checkpoint, { recursive: true, force: true }), () => undefined);
  },
};
