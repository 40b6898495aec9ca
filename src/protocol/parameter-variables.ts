import { formatJson } from "../space/format-json.ts";
import type { SpelledParams } from "../space/spelled.ts";
import { formatValue } from "./format-value.ts";

/** The variables `ATTUNE_PARAMS` (JSON) and `ATTUNE_PARAM_<NAME>` of a configuration; two names that would share one get none. */
export function parameterVariables(params: SpelledParams): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  const shared = new Set<string>();
  for (const [name, value] of Object.entries(params)) {
    const variable = `ATTUNE_PARAM_${name.toUpperCase().replace(/[^\p{L}\p{N}_]/gu, "_")}`;
    if (variable in found) shared.add(variable);
    else found[variable] = formatValue(value);
  }
  for (const variable of shared) delete found[variable];
  return { ATTUNE_PARAMS: formatJson(params), ...found };
}
