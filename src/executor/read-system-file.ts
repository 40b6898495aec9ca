import { readFileSync } from "node:fs";
import { orIfRefused } from "./or-if-refused.ts";
import { withSpareDescriptor } from "./spare-descriptor.ts";

/** ENODEV: a control group's file that was opened, of a group that was removed before the read. */
const HIDDEN = ["ENOENT", "ENODEV", "ESRCH", "EACCES", "EPERM"];

/** A text of the system's without blanks around it; null when it is not there or not ours to read. */
export function readSystemFile(file: string): string | null {
  return fromSystem(file, (path) => readFileSync(path, "utf8").trim());
}

/** What `read` makes of a path of the system's; null when it is not there or not ours to read. */
export function fromSystem<T>(file: string, read: (file: string) => T): T | null {
  return orIfRefused<T | null>(
    () => withSpareDescriptor(() => read(file)),
    () => null,
    HIDDEN,
  );
}
