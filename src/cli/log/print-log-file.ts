import { createReadStream, fstatSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import { openPlainFile } from "../../protocol/open-plain-file.ts";

/** Copies a log to the standard output, as long as it is now. Throws AttuneError `user-code` for what is no plain file. */
export async function printLogFile(path: string): Promise<void> {
  const fd = openPlainFile(path, "read");
  // Not to the end that it has then: it may be written to for ever.
  const end = Math.max(0, fstatSync(fd).size - 1);
  await pipeline(createReadStream(path, { fd, start: 0, end }), process.stdout, { end: false });
}
