import { open, rename, rm } from "node:fs/promises";
import { AttuneError } from "../../errors.ts";

/**
 * Writes pieces to a file, which appears under its name only once it is whole.
 *
 * @throws AttuneError `invalid-argument` when it cannot be written.
 */
export async function writeResult(file: string, pieces: Iterable<string | Uint8Array>): Promise<void> {
  const half = `${file}.${process.pid}.part`;
  try {
    const handle = await open(half, "w");
    try {
      for (const piece of pieces) await handle.writeFile(piece);
    } finally {
      await handle.close();
    }
    await rename(half, file);
  } catch (cause) {
    await rm(half, { force: true });
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AttuneError("invalid-argument", `${file} cannot be written: ${why}.`, { cause });
  }
}
