import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

const PRIVATE = 0o700;

/**
 * Makes a folder (mode 0700) and those above it that are missing; nothing where it is there. Unlike Node's own way, which tries for
 * ever, it ends with ENOENT for a relative path in a working folder that was removed.
 */
export function makeFolders(path: string): void {
  try {
    mkdirSync(path, PRIVATE);
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    const above = dirname(path);
    if (error.code === "ENOENT" && above !== path && above !== ".") {
      makeFolders(above);
      makeFolders(path);
    } else if (error.code !== "EEXIST" || statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true)
      throw error;
  }
}
