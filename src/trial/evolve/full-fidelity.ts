import type { JsonValue } from "../../space/json.ts";
import type { StudyTables } from "./study-tables.ts";

/** The largest fidelity of a study that declares one, by its newest space; else null. Edits leave it as it is once a trial has begun. */
export function fullFidelity({ spaces }: StudyTables): number | null {
  const space = spaces.at(-1)?.value as { readonly fidelity?: { readonly high?: JsonValue } } | null | undefined;
  const high = space?.fidelity?.high;
  return typeof high === "number" ? high : null;
}
