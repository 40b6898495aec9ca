import { type Spelled, SpelledNumber } from "./spelled.ts";

const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * A value as JSON without blanks, numbers as they are written where JSON has that form.
 *
 * @example
 * formatJson({ d: new SpelledNumber(1, "1.0"), n: 1 }); // '{"d":1.0,"n":1}'
 */
export function formatJson(value: Spelled): string {
  if (value instanceof SpelledNumber) return JSON_NUMBER.test(value.text) ? value.text : plainNumber(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item: Spelled) => formatJson(item)).join(",")}]`;
  const members = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${formatJson(item)}`);
  return `{${members.join(",")}}`;
}

/** Of `.5`, `5.` and `+1`. */
function plainNumber({ value, isFloat }: SpelledNumber): string {
  const text = JSON.stringify(value);
  return isFloat && /^-?\d+$/.test(text) ? `${text}.0` : text;
}
