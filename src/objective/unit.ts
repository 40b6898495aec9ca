import type { Metric } from "../trial/metric.ts";

/** An objective's name for a heading or an axis: `loss`, `latency (ms)`. */
export function nameWithUnit({ name, unit }: Pick<Metric, "name" | "unit">): string {
  return unit === undefined ? name : `${name} (${unit})`;
}

/** The same with what is to be made of it: `loss (minimize)`, `latency (ms, minimize)`. */
export function nameWithAim({ name, direction, unit }: Pick<Metric, "name" | "direction" | "unit">): string {
  return unit === undefined ? `${name} (${direction})` : `${name} (${unit}, ${direction})`;
}

/** A number of an objective that is written out already, with its unit: `12 ms`, `2 points`, `1 point`. */
export function withUnit(text: string, { unit }: Pick<Metric, "unit">): string {
  if (unit === undefined) return text;
  return `${text} ${/^-?1$/.test(text) ? singular(unit) : unit}`;
}

/** Words that end as plurals do and are none. */
const NO_PLURALS: ReadonlySet<string> = new Set(["siemens", "celsius", "series", "species", "bias"]);

/** One of a unit that is the plural of an English word: `point` of `points`, `batch` of `batches`; abbreviations (`ms`, `bps`) stay. */
function singular(unit: string): string {
  return unit.replace(/[A-Za-z]{4,}$/, (word) => {
    if (NO_PLURALS.has(word.toLowerCase()) || /(?:ss|us|is)$/i.test(word)) return word;
    if (/[a-z]{2}ies$/.test(word)) return `${word.slice(0, -3)}y`;
    if (/(?:ch|sh|ss|x)es$/.test(word)) return word.slice(0, -2);
    return word.replace(/(?<=[a-z])s$/, "");
  });
}
