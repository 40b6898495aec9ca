import { AttuneError, type SourcePosition } from "../../errors.ts";

/** Does something; an error that tells no place gets the one of the setting it is about, if that came from a file. */
export function locatedFault<T>(position: SourcePosition | undefined, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (position === undefined || !(error instanceof AttuneError) || error.position !== null) throw error;
    throw new AttuneError("invalid-file", error.message, { cause: error, data: error.data, position });
  }
}
