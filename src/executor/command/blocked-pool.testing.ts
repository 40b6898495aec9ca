import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
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
  return {
    pipe,
    freed: Promise.all(opened)
      .then(close)
      .then(() => {}),
  };
}
