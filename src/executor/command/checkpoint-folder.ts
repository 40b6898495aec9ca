import { mkdir, rmdir } from "node:fs/promises";

/** Makes an attempt's checkpoint folder (mode 0700), or nothing for null. */
export async function openCheckpoint(folder: string | null): Promise<string | null> {
  if (folder !== null) await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** The folder when the program left something in it; an empty one is removed. */
export async function closeCheckpoint(folder: string | null): Promise<string | null> {
  if (folder === null) return null;
  try {
    await rmdir(folder);
    return null;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "ENOTEMPTY" || code === "EEXIST") return folder;
    if (code === "ENOENT") return null;
    throw error;
  }
}
