import { AttuneError } from "../errors.ts";
import type { StudyId } from "./storage.ts";

/** For an id that no study of the storage has. */
export function unknownStudy(id: StudyId, location: string): AttuneError {
  return new AttuneError(
    "unknown-study",
    `There is no study with id ${id} in ${location}; list the studies to see which are.`,
    {
      data: { id },
    },
  );
}
