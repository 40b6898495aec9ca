import { AttuneError } from "../../errors.ts";

/** The error for a study that nothing can be run of. */
export function noProgram(study: string | undefined): AttuneError {
  return new AttuneError(
    "invalid-argument",
    `Study ${study ?? ""} has no program to run. Add command: to its file, or drive it with attune ask and attune tell.`,
  );
}
