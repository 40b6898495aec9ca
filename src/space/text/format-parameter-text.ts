import type { JsonValue } from "../json.ts";
import type { OrdinalParameter, Parameter } from "../parameter.ts";

const PLAIN_WORD = /^[\p{L}_][\p{L}\p{N}_.+/-]*$/u;

/** A value as the text grammar reads it back; words stay bare where nothing else could be meant. */
export function formatTextValue(value: JsonValue): string {
  const isPlain = typeof value === "string" && PLAIN_WORD.test(value) && !value.includes("..");
  if (isPlain && !["true", "false", "null"].includes(value)) return value;
  return JSON.stringify(value);
}

function formatRange(p: Extract<Parameter, { type: "float" | "int" }>): string {
  const low = p.type === "float" && Number.isInteger(p.low) && Math.abs(p.low) < 1e21 ? `${p.low}.0` : String(p.low);
  const zero = p.type === "float" && p.orZero ? "0 | " : "";
  const scale = p.scale === "linear" ? "" : ` ${p.scale.replace("-", " ")}`;
  const step = p.step === null || (p.type === "int" && p.step === 1) ? "" : ` step ${p.step}`;
  const prior = p.prior === null ? "" : ` about ${p.prior}`;
  return `${zero}${low}..${p.high}${scale}${step}${prior}${p.fidelity === true ? " fidelity" : ""}`;
}

function formatList(mark: string, items: readonly string[], forceMark: boolean): string {
  return (forceMark ? `${mark} ` : "") + items.join(` ${mark} `);
}

function orderedTexts({ values, spelling }: OrdinalParameter): readonly string[] {
  return values.map((value, i) => spelling?.[i] ?? formatTextValue(value));
}

function formatDomain(p: Parameter): string {
  switch (p.type) {
    case "float":
    case "int":
      return formatRange(p);
    case "categorical": {
      const { choices, labels } = p;
      const isBooleanLike = choices.length === 2 && choices.includes(true) && choices.includes(false);
      const items = choices.map((value, i) => {
        const text = p.spelling?.[i] ?? formatTextValue(value);
        return labels === null ? text : `${text} as ${formatTextValue(labels[i]!)}`;
      });
      return formatList("|", items, choices.length < 2 || isBooleanLike);
    }
    case "ordinal":
      return formatList("<", orderedTexts(p), p.values.length < 2);
    case "boolean":
      return "true | false";
    case "fixed":
      return `= ${p.spelling ?? formatTextValue(p.value)}`;
  }
}

/** A condition in the text grammar. */
export function formatWhen(when: Parameter["when"]): string {
  const lists = when.map((list) =>
    list
      .map(({ parent, in: values }) => {
        const name = PLAIN_WORD.test(parent) ? parent : JSON.stringify(parent);
        if (values.length === 1) return `${name} == ${formatTextValue(values[0]!)}`;
        return `${name} in [${values.map(formatTextValue).join(", ")}]`;
      })
      .join(" and "),
  );
  return lists.join(" or ");
}

/** The text form of a parameter without its name; `parseParameterText` reads back the same parameter. */
export function formatParameterText(p: Parameter): string {
  const parts = [formatDomain(p)];
  if (p.default !== undefined) parts.push(`default ${formatTextValue(p.default)}`);
  if (p.unit !== undefined) parts.push(`unit ${formatTextValue(p.unit)}`);
  if (p.description !== undefined) parts.push(`description ${formatTextValue(p.description)}`);
  if (p.when.length > 0) parts.push(`when ${formatWhen(p.when)}`);
  return parts.join(" ");
}
