import { closeSync, fstatSync, readSync } from "node:fs";
import { AttuneError } from "../errors.ts";
import { openPlainFile } from "./open-plain-file.ts";

const MAX_BYTES = 268_435_456;

/**
 * All of a file that another program may write to or replace, as long as it is now: it may go on for ever. Throws AttuneError
 * `user-code` for what is no plain file or larger than 256 MiB, and the system's error for what cannot be read.
 */
export function readPlainFile(path: string): Buffer {
  const file = openPlainFile(path, "read");
  try {
    const { size } = fstatSync(file);
    if (size > MAX_BYTES) throw new AttuneError("user-code", `${path} is larger than 256 MiB and is not read.`);
    const bytes = Buffer.allocUnsafe(size);
    let read = 0;
    for (let piece = -1; piece !== 0 && read < size; read += piece)
      piece = readSync(file, bytes, read, size - read, read);
    return bytes.subarray(0, read);
  } finally {
    closeSync(file);
  }
}
