import { AttuneError, type SourcePosition } from "../errors.ts";

/** An error in a search space, with its place when the space was read from a text. */
export function spaceError(message: string, position?: SourcePosition | null): AttuneError {
  return new AttuneError("invalid-space", message, position ? { position } : {});
}
