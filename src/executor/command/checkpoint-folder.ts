import { mkdirSync, rmdirSync } from "node:fs";
import { AttuneError } from "../../errors.ts";

/** Makes an attempt's checkpoint folder (mode 0700), or nothing for null. Throws AttuneError that says why it could not. */
export function openCheckpoint(folder: string | null): string | null {
  try {
    if (folder !== null) mkdirSync(folder, { recursive: true, mode: 0o700 });
    return folder;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AttuneError(
      "user-code",
      `The checkpoint folder could not be made (${why}); free some space, or check who may write there.`,
      { cause },
    );
  }
}

/** The folder when the program left something in it; an empty one is removed. */
export function closeCheckpoint(folder: string | null): string | null {
  if (folder === null) return null;
  try {
    rmdirSync(folder);
    return null;
  } catch (error) {
    // Not empty, or no longer ours to remove: something is in it.
    return error instanceof Error && "code" in error && error.code === "ENOENT" ? null : folder;
  }
}
