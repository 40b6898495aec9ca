import { readValueRule } from "../../protocol/value-rule.ts";
import { type Schema, setting, type ValueKind } from "./declaration.ts";
import { badSetting, type GivenSetting } from "./given-setting.ts";
import { flag, names, text } from "./value-kinds.ts";

/** The metric of a path or an expression that names none: the study's own. */
export const OWN_METRIC = "";

const BY_METRIC: Schema = {
  anyOf: [
    { type: "string" },
    { type: "array", minItems: 1, items: { type: "string" } },
    { type: "object", additionalProperties: { type: "string" } },
  ],
};

const RULE: ValueKind<string> = {
  form: "<rule>",
  read: readRule,
  schema: { type: "string", pattern: "^\\s*(last|best|mean:[1-9]\\d{0,5})\\s*$" },
};

const PATHS: ValueKind<Readonly<Record<string, string>>> = {
  form: "<path>",
  read: (given) => readByMetric(given, "give a path such as test.acc, or metric=path."),
  schema: BY_METRIC,
};

const PATTERNS: ValueKind<LocatedPatterns> = {
  form: "<name=regex>",
  read: (setting) => ({
    sources: readByMetric(setting, "give name=REGEX, such as 'val_loss=loss after .*: ([0-9.]+)'."),
    setting,
  }),
  schema: BY_METRIC,
};

/** Whether the last number that is printed is the metric. */
const LAST_NUMBER: ValueKind<boolean> = {
  form: "<what>",
  read: readFrom,
  schema: { enum: ["name", "last-number"] },
  words: ["name", "last-number"],
};

/** How metrics are read. */
export const METRIC_SETTINGS = [
  setting({
    name: "value",
    value: RULE,
    into: (metricValue) => ({ metricValue }),
    again: ({ metricValue }) => metricValue,
    help: "which of the reported values counts: last, best, mean:3",
    default: "last",
    commands: ["run", "try", "confirm"],
    describe: "Which of the reported values counts: last, best, mean:3.",
    guide: "which of the reported values counts: `last`, `best`, `mean:3`; see [metrics](metrics.md)",
  }),
  setting({
    name: "keep",
    value: names("<metrics>"),
    again: ({ keep }) => keep?.join(","),
    help: "further metrics to keep: acc,f1",
    commands: ["run", "try", "confirm"],
    describe: "Further metrics to keep.",
    guide: "further metrics to keep: `acc,f1`",
    keyGuide: "further metrics to keep: `[acc, f1]`",
  }),
  setting({
    name: "metric-file",
    value: text("<file>", "give a path."),
    again: ({ metricFile }) => metricFile,
    help: "a CSV or JSON file that the program writes: results.json, 'runs/${trial}/log.csv'",
    commands: ["run", "try", "confirm"],
    describe: "A CSV or JSON file that the program writes: runs/${trial}/log.csv.",
    guide: "a CSV or JSON file that the program writes: `results.json`, `'runs/${trial}/log.csv'`",
  }),
  setting({
    name: "metric-path",
    value: PATHS,
    into: (metricPaths) => ({ metricPaths }),
    again: ({ metricPaths }) => byMetric(metricPaths),
    help: "path or column in that file: test.acc, or metric=path",
    repeatable: true,
    commands: ["run", "try", "confirm"],
    describe: "Path or column in that file: test.acc.",
    guide: "the path or column in that file: `test.acc`, or `metric=path`",
    keyGuide: "the path or column in that file: `test.acc`, or `{val_loss: test.loss}`",
  }),
  setting({
    name: "tensorboard",
    value: text("<folder>", "give a path."),
    again: ({ tensorboard }) => tensorboard,
    help: "a folder of TensorBoard event files that the program writes: 'runs/${trial}'",
    commands: ["run", "try", "confirm"],
    describe: "A folder of TensorBoard event files: runs/${trial}.",
    guide: "a folder of TensorBoard event files that the program writes: `'runs/${trial}'`",
  }),
  setting({
    name: "metric-regex",
    value: PATTERNS,
    into: (metricPatterns) => ({ metricPatterns }),
    again: ({ metricPatterns }) => byMetric(metricPatterns?.sources),
    help: "finds a metric by an expression with one group",
    repeatable: true,
    commands: ["run", "try", "confirm"],
    describe: "An expression with one group: loss after .*: (\\S+).",
    guide: "finds a metric by an expression with one group: `'val_loss=loss after .*: (\\S+)'`",
    keyGuide: "an expression with one group for each metric: `{val_loss: 'loss after .*: (\\S+)'}`",
  }),
  setting({
    name: "metric-from",
    value: LAST_NUMBER,
    into: (lastNumber) => ({ lastNumber }),
    again: ({ lastNumber }) => (lastNumber === true ? "last-number" : undefined),
    help: "name, or last-number: the last number printed",
    default: "name",
    commands: ["run", "try", "confirm"],
    describe: "Whether the last number printed is the metric.",
    guide: "`name`, or `last-number`: the last number printed",
  }),
  setting({
    name: "report-http",
    value: flag,
    again: ({ reportHttp }) => reportHttp,
    help: "also take reports by HTTP on the loopback (ATTUNE_REPORT_URL)",
    commands: ["run", "try", "confirm"],
    describe: "Also take reports by HTTP on the loopback.",
    guide: "also takes reports by HTTP on the loopback (`ATTUNE_REPORT_URL`)",
    keyGuide: "`true`: takes reports by HTTP on the loopback too",
  }),
] as const;

function readRule(given: GivenSetting): string {
  const { value } = given;
  if (typeof value === "string" && readValueRule(value.trim()) !== null) return value.trim();
  throw badSetting(given, "give last, best, or mean:N for the mean of the last N steps, such as mean:3.");
}

function readFrom(given: GivenSetting): boolean {
  if (given.value === "name") return false;
  if (given.value === "last-number") return true;
  throw badSetting(given, "give name (as usual), or last-number for the last number that is printed.");
}

/** One text, several, or a mapping; a text may begin with the metric's name and `=`. */
function readByMetric(given: GivenSetting, allowed: string): Readonly<Record<string, string>> {
  const { value } = given;
  const isMapping = typeof value === "object" && value !== null && !Array.isArray(value);
  const entries: readonly (readonly [string, unknown])[] = isMapping
    ? Object.entries(value)
    : (Array.isArray(value) ? value : [value]).map((item: unknown) => splitName(item));
  const named = entries.map(([name, text]) => {
    if (typeof text !== "string" || text === "") throw badSetting(given, allowed);
    return [name, text] as const;
  });
  return Object.fromEntries(named);
}

function splitName(item: unknown): readonly [string, unknown] {
  const match = typeof item === "string" ? /^([\p{L}_%][^=()[\]\\*?]{0,100})=(.+)$/su.exec(item) : null;
  return match === null ? [OWN_METRIC, item] : [match[1]!.trim(), match[2]];
}

function byMetric(items: Readonly<Record<string, string>> = {}): readonly string[] {
  return Object.entries(items).map(([name, text]) => (name === OWN_METRIC ? text : `${name}=${text}`));
}

/** Regular expressions by metric, and the setting they were given by, for messages. */
export interface LocatedPatterns {
  readonly sources: Readonly<Record<string, string>>;
  readonly setting: GivenSetting;
}
