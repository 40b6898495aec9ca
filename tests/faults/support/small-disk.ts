import { execFileSync, spawnSync } from "node:child_process";

/** Puts a small disk in memory in the place of a folder; `options` are those of tmpfs. False where this machine lets nobody do so. */
export function mountSmallDisk(folder: string, options: string): boolean {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  return spawnSync("mount", ["-t", "tmpfs", "-o", options, "attune-faults", folder]).status === 0;
}

/** Takes it away, though somebody may still use it. */
export function unmountDisk(folder: string): void {
  execFileSync("umount", ["--lazy", folder]);
}
