import { readValueRule } from "../../protocol/value-rule.ts";
import type { KeyReader } from "./key-reader.ts";
import type { LocatedPatterns } from "./located-patterns.ts";
import { badSetting, readFlag, readName, type Setting } from "./setting.ts";

/** The metric of a path or an expression that names none: the study's own. */
export const OWN_METRIC = "";

/** The keys that say how metrics are read. */
export const METRIC_KEYS = {
  value: (setting) => ({ metricValue: readRule(setting) }),
  keep: (setting) => ({ keep: readNames(setting) }),
  "metric-file": (setting) => ({ metricFile: readName(setting, "give a path.") }),
  "metric-path": (setting) => ({ metricPaths: readByMetric(setting, "give a path such as test.acc, or metric=path.") }),
  tensorboard: (setting) => ({ tensorboard: readName(setting, "give a path.") }),
  "metric-regex": (setting) => ({ metricPatterns: readPatterns(setting) }),
  "metric-from": (setting) => ({ lastNumber: readFrom(setting) }),
  "report-http": (setting) => ({ reportHttp: readFlag(setting) }),
} as const satisfies Readonly<Record<string, KeyReader>>;

function readRule(setting: Setting): string {
  const { value } = setting;
  if (typeof value === "string" && readValueRule(value.trim()) !== null) return value.trim();
  throw badSetting(setting, "give last, best, or mean:N for the mean of the last N steps, such as mean:3.");
}

function readFrom(setting: Setting): boolean {
  if (setting.value === "name") return false;
  if (setting.value === "last-number") return true;
  throw badSetting(setting, "give name (as usual), or last-number for the last number that is printed.");
}

/** `acc,f1` or a list. */
function readNames(setting: Setting): readonly string[] {
  const { value } = setting;
  const items: readonly unknown[] = Array.isArray(value)
    ? value
    : typeof value === "string"
      ? value.split(",")
      : [value];
  return items.map((item) => readName({ ...setting, value: item }));
}

/** One text, several, or a mapping; a text may begin with the metric's name and `=`. */
function readByMetric(setting: Setting, allowed: string): Readonly<Record<string, string>> {
  const { value } = setting;
  const isMapping = typeof value === "object" && value !== null && !Array.isArray(value);
  const entries: readonly (readonly [string, unknown])[] = isMapping
    ? Object.entries(value)
    : (Array.isArray(value) ? value : [value]).map((item: unknown) => splitName(item));
  const named = entries.map(([name, text]) => {
    if (typeof text !== "string" || text === "") throw badSetting(setting, allowed);
    return [name, text] as const;
  });
  return Object.fromEntries(named);
}

function splitName(item: unknown): readonly [string, unknown] {
  const match = typeof item === "string" ? /^([\p{L}_%][^=()[\]\\*?]{0,100})=(.+)$/su.exec(item) : null;
  return match === null ? [OWN_METRIC, item] : [match[1]!.trim(), match[2]];
}

function readPatterns(setting: Setting): LocatedPatterns {
  return { sources: readByMetric(setting, "give name=REGEX, such as 'val_loss=loss after .*: ([0-9.]+)'."), setting };
}
