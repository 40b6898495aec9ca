import { formatJson, type JsonValue, jsonEqual, type Parameter, type Space, spellValue } from "../space/index.ts";

/** Values that programs would get in another form, in sentences: as what they were run with is what their results are of. */
export function respelledValues(before: Space, after: Space): readonly string[] {
  const now = new Map(after.parameters.map((p) => [p.name, p]));
  return before.parameters.flatMap((p) => {
    const next = now.get(p.name);
    if (next === undefined || next.type !== p.type) return [];
    const common = valuesOf(p).filter((value) => valuesOf(next).some((other) => jsonEqual(other, value)));
    return common.flatMap((value) => {
      const [old, text] = [formatJson(spellValue(p, value)), formatJson(spellValue(next, value))];
      return old === text ? [] : [`The program would get ${p.name} as ${text}; the trials so far got ${old}.`];
    });
  });
}

function valuesOf(p: Parameter): readonly JsonValue[] {
  if (p.type === "categorical") return p.choices;
  return p.type === "ordinal" ? p.values : p.type === "fixed" ? [p.value] : [];
}
