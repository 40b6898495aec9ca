import { lstatSync, readlinkSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { AttuneError } from "../../errors.ts";

/** As many links in a row as Linux follows. */
const MAX_LINKS = 40;

/**
 * The file that a symbolic link leads to, whether it is there or not, else the path as given: a storage is the same by every name, and so
 * are its mode and the place of what trials leave.
 *
 * @throws AttuneError `storage-failed` for links that lead in a circle.
 */
export function linkedFile(given: string): string {
  let file = given;
  for (let links = 0; lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink(); links++) {
    if (links === MAX_LINKS)
      throw new AttuneError(
        "storage-failed",
        `${given} is a symbolic link that leads back to itself; name another file.`,
      );
    file = resolve(dirname(file), readlinkSync(file));
  }
  return file;
}
