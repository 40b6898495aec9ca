import { closeSync, constants, fstatSync, openSync, type Stats, statSync } from "node:fs";
import { AttuneError } from "../errors.ts";
import { fileKind } from "./file-kind.ts";

/** What a file is opened for; all but reading make it (mode 0600) where there is none. */
export type PlainFileUse = "read" | "append" | "overwrite";

const PRIVATE = 0o600;
// Neither is there on Windows, nor what they guard against.
const { O_NONBLOCK = 0, O_NOCTTY = 0 } = constants as Partial<typeof constants>;
const NEVER_WAITS = O_NONBLOCK | O_NOCTTY;
const FLAGS: Readonly<Record<PlainFileUse, number>> = {
  read: constants.O_RDONLY,
  append: constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND,
  overwrite: constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC,
};

/**
 * Opens a file that another program may have put something else in place of; never waits, as opening a pipe or a device would.
 * Throws AttuneError `user-code` for what is no plain file (nor a link to one), and the system's error for what cannot be opened.
 */
export function openPlainFile(path: string, use: PlainFileUse): number {
  // Looked at first: opening a device may do something by itself.
  const before = statSync(path, { throwIfNoEntry: false });
  if (before !== undefined) requirePlain(path, before);
  const descriptor = openSync(path, FLAGS[use] | NEVER_WAITS, PRIVATE);
  try {
    requirePlain(path, fstatSync(descriptor));
    return descriptor;
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

function requirePlain(path: string, stat: Stats): void {
  if (stat.isFile()) return;
  throw new AttuneError(
    "user-code",
    `${path} is ${fileKind(stat)}, not a plain file, and was left alone; let no program put one in its place.`,
  );
}
