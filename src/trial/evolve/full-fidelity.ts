import type { JsonValue } from "../../space/json.ts";
import type { StudyTables } from "./study-tables.ts";

/** The largest fidelity of a study that declares one, by its newest space; else null. Edits leave it as it is once a trial has begun. */
export function fullFidelity({ spaces }: StudyTables): number | null {
  const space = spaces.at(-1)?.value as { readonly fidelity?: { readonly high?: JsonValue } } | null | undefined;
  const high = space?.fidelity?.high;
  return typeof high === "number" ? high : null;
}

/**
 * Steps of a full run: of a declared fidelity the largest, else the largest step that the scheduler was told of or that a complete trial came to;
 * null while neither is known.
 */
export function stepsOfFullRun(tables: StudyTables): number | null {
  const declared = fullFidelity(tables);
  if (declared !== null) return declared;
  const { largest } = tables.settings.at(-1)?.value.scheduler.options ?? {};
  const known = Math.max(tables.longest, typeof largest === "number" ? largest : 0);
  return known > 0 ? known : null;
}
