import type { FoundMetric } from "./find-metrics.ts";
import { meaningOf } from "./metric-words.ts";

/** True for a number that says how far a program is, and not how well it went: `Reading input: 100%`, `shards 3/10`. */
export function isProgress({ name, value, varies, rises, text }: FoundMetric): boolean {
  const { kind } = meaningOf(name);
  if (kind === "objective" || kind === "part" || !rises) return false;
  const at = text.toLowerCase().lastIndexOf(name.toLowerCase());
  const behind = at < 0 ? "" : text.slice(at + name.length);
  const [, number, sign] = /^["'\])\s]*[:=]?[\s[(]*([-+]?[\d.]+)\s*(%|\/\s*\d)?/.exec(behind) ?? [];
  if (sign === undefined || Number(number) !== value) return false;
  return sign === "%" ? value === 100 || (varies && value <= 100 && Number.isInteger(value)) : Number.isInteger(value);
}
