import { closeSync, fstatSync, readSync } from "node:fs";
import { AttuneError } from "../errors.ts";
import { openPlainFile } from "./open-plain-file.ts";

const MEBIBYTE = 1_048_576;

/**
 * All of a file that another program may write to or replace, as long as it is now: it may go on for ever. Throws AttuneError
 * `user-code` for what is no plain file or larger than `most` MiB, and the system's error for what cannot be read.
 */
export function readPlainFile(path: string, most = 256): Buffer {
  const file = openPlainFile(path, "read");
  try {
    const { size } = fstatSync(file);
    if (size > most * MEBIBYTE)
      throw new AttuneError("user-code", `${path} is larger than ${most} MiB and is not read.`);
    const bytes = Buffer.allocUnsafe(size);
    let read = 0;
    for (let piece = -1; piece !== 0 && read < size; read += piece)
      piece = readSync(file, bytes, read, size - read, read);
    return bytes.subarray(0, read);
  } finally {
    closeSync(file);
  }
}
