import { open, realpath, rename, rm, stat } from "node:fs/promises";
import { AttuneError } from "../errors.ts";

/**
 * Writes pieces to a file, which appears under its name only once it is whole. A link stays and what it points to is written; a
 * device or a pipe takes the pieces as they come, and is not replaced.
 *
 * @throws AttuneError `invalid-argument` when it cannot be written.
 */
export async function writeResult(file: string, pieces: Iterable<string | Uint8Array>): Promise<void> {
  try {
    const found = await kindOf(file);
    if (found === "special") await writePieces(file, pieces);
    else await replace(found === "file" ? await realpath(file) : file, pieces);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AttuneError("invalid-argument", `${file} cannot be written: ${why}.`, { cause });
  }
}

async function kindOf(file: string): Promise<"file" | "special" | "missing"> {
  try {
    const found = await stat(file);
    return found.isFile() || found.isDirectory() ? "file" : "special";
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "missing";
    throw error;
  }
}

async function replace(file: string, pieces: Iterable<string | Uint8Array>): Promise<void> {
  const half = `${file}.${process.pid}.part`;
  try {
    await writePieces(half, pieces);
    await rename(half, file);
  } catch (error) {
    await rm(half, { force: true });
    throw error;
  }
}

async function writePieces(file: string, pieces: Iterable<string | Uint8Array>): Promise<void> {
  const handle = await open(file, "w");
  try {
    for (const piece of pieces) await handle.writeFile(piece);
  } finally {
    await handle.close();
  }
}
