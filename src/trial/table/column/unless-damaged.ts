import { AttuneError } from "../../../errors.ts";

/** Does some reading of a block's bytes; AttuneError `storage-corrupt` where they make no sense. */
export function unlessDamaged<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof AttuneError) throw error;
    throw new AttuneError("storage-corrupt", "A block of trials cannot be read: its bytes are damaged.", {
      cause: error,
    });
  }
}
