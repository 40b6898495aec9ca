import { AttuneError } from "../errors.ts";
import type { JsonValue } from "./json.ts";
import { isMapping } from "./long/field-reader.ts";
import { readSpace } from "./read-space.ts";
import type { Space } from "./space.ts";

/** A space from its canonical JSON form. Throws AttuneError "invalid-space" for anything else. */
export function spaceFromJson(json: JsonValue): Space {
  if (!isMapping(json) || json.version === undefined || !Array.isArray(json.parameters)) {
    throw new AttuneError(
      "invalid-space",
      "This is no space in canonical form; it has the fields version and parameters.",
    );
  }
  return readSpace(json, () => null, { checkFeasible: false });
}
