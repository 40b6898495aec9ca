import { AttuneError } from "../errors.ts";

/** What `write` makes of a command's values; AttuneError `invalid-argument` for those that no JSON text can hold. */
export function keepable<T>(command: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw unkeepable(command, error);
  }
}

/** For a command whose values JSON cannot hold, or that is too large for one text. */
export function unkeepable(command: string, cause: unknown): AttuneError {
  const why = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
  return new AttuneError(
    "invalid-argument",
    `The command "${command}" cannot be kept (${why}), so nothing of it was. Give it numbers, text, true, false, null, and lists and ` +
      "objects of these; what is very large or deep in several commands.",
    { cause },
  );
}

/** For a command whose events do not fit the study they were decided for: a bug, or a part of the command that is not what it should be. */
export function inapplicable(command: string, cause: unknown): AttuneError {
  return new AttuneError(
    "internal",
    `The command "${command}" makes an event that the study cannot take, so nothing of it was kept.`,
    { cause },
  );
}
