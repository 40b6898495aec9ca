import { execFileSync } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** As many threads as Node's pool has, unless told otherwise. */
const THREADS = Number(process.env.UV_THREADPOOL_SIZE ?? 4);

/** Keeps all threads of Node's pool waiting for a pipe, so that no file is written by them, until something writes to the pipe. */
export function blockPool(): { readonly pipe: string; readonly freed: Promise<void> } {
  const pipe = join(mkdtempSync(join(tmpdir(), "attune-")), "pipe");
  execFileSync("mkfifo", [pipe]);
  const opened = Array.from({ length: THREADS }, () => open(pipe, "r"));
  const close = (handles: readonly FileHandle[]): Promise<unknown> => Promise.all(handles.map((file) => file.close()));
  const free = async (): Promise<void> => {
    // A thread that comes to the pipe when its writer has gone would wait for ever: held open for writing until all have come.
    const held = await Promise.any(opened).then(() => openSync(pipe, constants.O_RDWR));
    await close(await Promise.all(opened));
    closeSync(held);
  };
  return { pipe, freed: free() };
}
