import type { SourcePosition } from "../errors.ts";
import type { JsonValue } from "./json.ts";
import { jsonEqual } from "./json-equal.ts";
import type { Parameter } from "./parameter.ts";
import { plainValue } from "./plain-value.ts";
import { spaceError } from "./space-error.ts";
import { parseSpelledText } from "./text/parse-text-value.ts";

/** The parameter with the field `spelling` of its canonical form. Throws AttuneError "invalid-space" when it spells other values. */
export function withSpelling(p: Parameter, spelling: unknown, locate: () => SourcePosition | null): Parameter {
  if (spelling === undefined) return p;
  switch (p.type) {
    case "categorical":
      if (spells(spelling, p.choices)) return { ...p, spelling };
      break;
    case "ordinal":
      if (spells(spelling, p.values)) return { ...p, spelling };
      break;
    case "fixed":
      if (typeof spelling === "string" && spells([spelling], [p.value])) return { ...p, spelling };
  }
  throw spaceError(`Parameter ${JSON.stringify(p.name)} has a spelling of other values than its own.`, locate());
}

function spells(spelling: unknown, values: readonly JsonValue[]): spelling is readonly (string | null)[] {
  if (!Array.isArray(spelling) || spelling.length !== values.length) return false;
  return spelling.every(
    (text: unknown, i) =>
      text === null || (typeof text === "string" && jsonEqual(plainValue(parseSpelledText(text)), values[i])),
  );
}
