import { readFileSync } from "node:fs";
import { withSpareDescriptor } from "./spare-descriptor.ts";

/** ENODEV: a control group's file that was opened, of a group that was removed before the read. */
const HIDDEN: readonly unknown[] = ["ENOENT", "ENODEV", "ESRCH", "EACCES", "EPERM"];

/** A text of the system's, or what `read` makes of its path; null when it is not there or not ours to read. */
export function readSystemFile(
  file: string,
  read: (file: string) => string = (path) => readFileSync(path, "utf8"),
): string | null {
  try {
    return withSpareDescriptor(() => read(file)).trim();
  } catch (error) {
    if (error instanceof Error && "code" in error && HIDDEN.includes(error.code)) return null;
    throw error;
  }
}
