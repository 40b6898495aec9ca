import { AttuneError, type SourcePosition } from "../../errors.ts";
import type { JsonValue, Params } from "../../space/json.ts";
import { toJsonValue } from "../../space/json-value.ts";
import type { YamlPath } from "../study/read-study-file.ts";
import { setting, type ValueKind } from "./declaration.ts";
import { badSetting, type GivenSetting, readName, readNumber } from "./given-setting.ts";
import { component, count, name, text } from "./value-kinds.ts";

const EXPRESSIONS: ValueKind<ReturnType<typeof readWhere>> = {
  form: "<expression>",
  read: readWhere,
  schema: { anyOf: [{ type: "string" }, { type: "array", items: { type: "string" } }] },
};

/** Names of objectives, one or several. */
const OBJECTIVES: ValueKind<readonly string[]> = {
  form: "<metric>",
  read: ({ value, ...given }) => [value].flat().map((one) => readName({ ...given, value: one })),
  schema: {
    anyOf: [{ type: ["string", "number"] }, { type: "array", minItems: 1, items: { type: ["string", "number"] } }],
  },
};

const LIMITS: ValueKind<readonly string[]> = {
  form: "<limit>",
  read: (given) => readTexts(given, 'give comparisons over results: "ms <= 20"; none for no limits.'),
  schema: { anyOf: [{ type: "string" }, { type: "array", items: { type: "string" } }] },
};

const GROWS: ValueKind<readonly string[]> = {
  form: "<metric>",
  read: (given) => readTexts(given, "give names of metrics: seconds; none for none."),
  schema: { anyOf: [{ type: "string" }, { type: "array", items: { type: "string" } }] },
};

const GOALS: ValueKind<readonly string[]> = {
  form: "<goal>",
  read: (given) => readTexts(given, 'give comparisons of a metric with a number: "loss <= 0.01"; none for no goals.'),
  schema: { anyOf: [{ type: "string" }, { type: "array", items: { type: "string" } }] },
};

const REFERENCES: ValueKind<Readonly<Record<string, number>>> = {
  form: "<metric=number>",
  read: (given) => {
    const allowed = "give the worst value of interest by objective: loss=2; none for none.";
    const entries = readByObjective(given, allowed).map(([name, value]) => [
      name,
      readNumber({ ...given, value }, allowed),
    ]);
    return Object.fromEntries(entries);
  },
  schema: { anyOf: [{ type: "object", additionalProperties: { type: "number" } }, { const: "none" }] },
};

const UNITS: ValueKind<Readonly<Record<string, string>>> = {
  form: "<metric=unit>",
  read: (given) => {
    const allowed = "give what values are in, by objective: latency=ms; none for none.";
    const entries = readByObjective(given, allowed).map(([name, value]) => [
      name,
      readName({ ...given, value }, allowed),
    ]);
    return Object.fromEntries(entries);
  },
  schema: { anyOf: [{ type: "object", additionalProperties: { type: "string" } }, { const: "none" }] },
};

const COUNTED_AS: ValueKind<Params> = {
  form: "<value>",
  read: readWasMapping,
  schema: { type: "object" },
  ofOption: (given) => ({ ...given, value: readWas(given.value as readonly string[]) }),
};

const SPACE: ValueKind<LocatedSpace> = {
  form: "<space>",
  read: ({ value, source, path = [] }) => ({
    mapping: value,
    locate: (inner) => source!.locate([...path, ...inner]),
  }),
  schema: ({ space }) => space,
  ofOption: readSpaceText,
};

/** Where a study is, and what it is about: given where one begins, kept with it. */
export const STUDY_SETTINGS = [
  setting({
    name: "study",
    value: { ...name(), words: "studies" },
    help: "name of the study",
    default: "from the study file or the program",
    commands: ["run", "ask"],
    describe: "Name of the study; the file's stem when left out.",
    guide:
      "the study's name; a new one is called after its file or [its program](cli.md#names-of-studies): `train` for `python train.py`",
    keyGuide: "name of the study",
    keyDefault: "the file's stem",
  }),
  setting({
    name: "storage",
    value: text("<file-or-url>", "give a file or a URL."),
    help: "where studies are kept",
    default: "ATTUNE_STORAGE or attune.db",
    commands: ["run", "ask"],
    describe: "File or URL; ATTUNE_STORAGE or attune.db when left out.",
    guide: "where the study is kept: a file, relative to the working folder, or a URL",
  }),
  setting({
    name: "minimize",
    value: OBJECTIVES,
    into: (minimized) => ({ minimized }),
    help: "the metric to make small",
    helpIn: { try: "the metric to look for" },
    repeatable: true,
    commands: ["run", "try", "ask"],
    describe: "The metric that the program prints, to make small; a list for several.",
    guide:
      "the metric to make small, that the program prints: `val_loss=0.31`, `val_loss: 0.31` or a line of JSON; the last one printed counts; again for [several](several-objectives.md)",
    keyGuide:
      "the metric that the program prints, to make small; a list for [several objectives](several-objectives.md): `[drawdown, cost]`",
  }),
  setting({
    name: "maximize",
    value: OBJECTIVES,
    into: (maximized) => ({ maximized }),
    help: "the metric to make large",
    helpIn: { try: "the metric to look for" },
    repeatable: true,
    commands: ["run", "try", "ask"],
    describe: "The metric that the program prints, to make large; a list for several.",
    guide: "the metric to make large, instead or [besides](several-objectives.md)",
    keyGuide: "the metric to make large, or a list of them; with `minimize` too these are several objectives",
  }),
  setting({
    name: "limit",
    key: "limits",
    value: LIMITS,
    into: (limits) => ({ limits }),
    help: "what results must keep: 'ms <= 20'; none takes limits away",
    repeatable: true,
    commands: ["run", "ask"],
    describe: "Comparisons that results must keep: ms <= 20. An empty list takes them away.",
    guide:
      "a comparison that results must keep: `'ms <= 20'`; in place of those the study had, `none` takes them away; see [limits](several-objectives.md#limits)",
    keyGuide:
      "comparisons that results must keep, in place of those the study had: `[ms <= 20]`, `[]` for none; see [limits](several-objectives.md#limits)",
  }),
  setting({
    name: "grows",
    value: GROWS,
    help: "a metric that grows with the run, such as time: what it breaks stays broken",
    repeatable: true,
    commands: ["run", "ask"],
    describe: "Metrics that grow with a trial's run (time, memory, size). An empty list for none.",
    guide:
      "a metric that grows with a trial's run (time, memory, size); in place of those the study had, `none` for none; see [what grows](several-objectives.md#what-grows)",
    keyGuide:
      "metrics that grow with a trial's run (time, memory, size), in place of those the study had: `[seconds]`, `[]` for none; see [what grows](several-objectives.md#what-grows)",
  }),
  setting({
    name: "goal",
    key: "goals",
    value: GOALS,
    into: (goals) => ({ goals }),
    help: "a value that is good enough: 'loss <= 0.01'; none takes them away",
    repeatable: true,
    commands: ["run", "ask"],
    describe: "Values that are good enough: loss <= 0.01. An empty list takes them away.",
    guide:
      "a value that is good enough: `'loss <= 0.01'`; in place of those the study had, `none` takes them away; see [goals](several-objectives.md#goals)",
    keyGuide:
      "values that are good enough, in place of those the study had: `[loss <= 0.01]`, `[]` for none; see [goals](several-objectives.md#goals)",
  }),
  setting({
    name: "reference",
    key: "references",
    value: REFERENCES,
    into: (references) => ({ references }),
    help: "the worst value of an objective that is of interest: loss=2; none takes them away",
    repeatable: true,
    commands: ["run", "ask"],
    describe: "The worst values that are of interest, by objective: {loss: 2}. An empty mapping takes them away.",
    guide:
      "the worst value of an objective that is of interest: `loss=2`; in place of those the study had, `none` takes them away; see [references](several-objectives.md#references-and-units)",
    keyGuide:
      "the worst values that are of interest, by objective, in place of those the study had: `{loss: 2}`, `{}` for none; see [references](several-objectives.md#references-and-units)",
  }),
  setting({
    name: "unit",
    key: "units",
    value: UNITS,
    into: (units) => ({ units }),
    help: "what an objective's values are in: latency=ms; none takes units away",
    repeatable: true,
    commands: ["run", "ask"],
    describe: "What values are in, by objective: {latency: ms}. An empty mapping takes units away.",
    guide:
      "what an objective's values are in, to be read beside them: `latency=ms`; in place of those the study had, `none` takes them away; see [units](several-objectives.md#references-and-units)",
    keyGuide:
      "what values are in, by objective, in place of those the study had: `{latency: ms}`, `{}` for none; see [units](several-objectives.md#references-and-units)",
  }),
  setting({
    name: "where",
    value: EXPRESSIONS,
    help: "a constraint, such as 'batch * layers <= 256'",
    repeatable: true,
    commands: ["run", "ask"],
    describe: "Constraints: expressions that every configuration must make true.",
    guide: "a constraint, such as `batch * layers <= 256`, see [the search space](space.md#constraints)",
    keyGuide:
      "constraints, a list of expressions: `[batch * layers <= 256]`, see [the search space](space.md#constraints)",
  }),
  setting({
    name: "was",
    value: COUNTED_AS,
    help: "what trials without a new parameter count as: dropout=0 (else its default)",
    repeatable: true,
    commands: ["run", "ask"],
    describe: "For new parameters of a study that exists, what its trials so far count as: {dropout: 0}.",
    guide:
      "what the trials of an existing study count as that lack a new parameter: `dropout=0`; see [editing a living study](editing-a-study.md)",
    keyGuide:
      "for new parameters of a study that exists, what its trials so far count as: `{dropout: 0}`; see [editing a living study](editing-a-study.md)",
  }),
  setting({
    name: "sampler",
    value: component("sampler"),
    into: (sampler, { position }) => ({ sampler, samplerPosition: position ?? undefined }),
    help: "auto, gp, tpe, nsga2, nsga3, qmc, grid, random, or with options: '{name: grid, points: {lr: 7}}'",
    default: "auto",
    commands: ["run", "ask"],
    describe: "What chooses configurations: a name, or a mapping with name and options.",
    guide:
      "`auto`, `gp`, `tpe`, `nsga2`, `nsga3`, `qmc`, `grid`, `random`, or with options: `'{name: grid, points: {lr: 7}}'`",
    keyGuide: "a name, or a mapping with `name` and the sampler's options: `{name: grid, points: {lr: 7}}`",
  }),
  setting({
    name: "think",
    value: text("<time>", "give the time that a suggestion may take: 50ms.", {
      pattern: "^\\s*((\\d+\\.?\\d*|\\.\\d+)\\s*(ms|s)\\s*)+$",
    }),
    into: (think, { position }) => ({ think, thinkPosition: position ?? undefined }),
    help: "time a suggestion of gp or auto may take: 10ms, 50ms, 1s",
    default: "no such limit",
    commands: ["run", "ask"],
    describe: "Time a suggestion of gp or auto may take: 10ms, 50ms, 1s.",
    guide:
      "how long a suggestion of `gp` or `auto` may take: `10ms`, `50ms`, `1s`; turned into a count of operations [once](samplers/gp.md#time-to-think)",
    keyGuide:
      "how long a suggestion of `gp` or `auto` may take: `10ms`, `50ms`, `1s`; wins over the sampler's options [`think` and `operations`](samplers/gp.md#time-to-think)",
  }),
  setting({
    name: "seed",
    value: count(0),
    help: "seed of the suggestions",
    default: "drawn, stored and printed",
    commands: ["run", "ask"],
    describe: "Drawn and stored when left out.",
    guide: "seed of the suggestions, a whole number",
  }),
  setting({
    name: "space",
    value: SPACE,
    help: "the space of a new study, as YAML or JSON",
    commands: ["ask"],
    keyGuide: "the parameters by name, in the text form or the long form: see [the search space](space.md)",
  }),
] as const;

/** One text, or several; `none` alone stands for an empty list. */
function readTexts(given: GivenSetting, allowed: string): readonly string[] {
  const list: unknown = typeof given.value === "string" ? [given.value] : given.value;
  if (!Array.isArray(list) || !list.every((item) => typeof item === "string" && item.trim() !== ""))
    throw badSetting(given, allowed);
  return list.length === 1 && list[0].trim() === "none" ? [] : list;
}

/** A mapping, or texts `metric=value`, of which each objective has one; `none` alone for none. */
function readByObjective(given: GivenSetting, allowed: string): readonly (readonly [string, unknown])[] {
  const { value } = given;
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return Object.entries(value);
  const list: readonly unknown[] = [value].flat();
  if (list.length === 1 && list[0] === "none") return [];
  const entries = list.map((item) => {
    const [, name, said] = typeof item === "string" ? (/^\s*([^=]+?)\s*=\s*(.+?)\s*$/su.exec(item) ?? []) : [];
    if (name === undefined || said === undefined) throw badSetting({ ...given, value: item }, allowed);
    return [name, said] as const;
  });
  const twice = entries.find(([name], place) => entries.findIndex(([other]) => other === name) < place);
  if (twice !== undefined) throw badSetting(given, `${twice[0]} has two; give one for each objective.`);
  return entries;
}

function readWasMapping(given: GivenSetting): Params {
  const value = toJsonValue(given.value);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Params;
  throw badSetting(given, "give the values that trials without a parameter count as: {dropout: 0}.");
}

async function readSpaceText(given: GivenSetting): Promise<GivenSetting> {
  const { readLocatedYaml } = await import("../study/read-study-file.ts");
  const source = readLocatedYaml(String(given.value), null);
  return { ...given, value: source.value, source, path: [] };
}

/** `dropout=0` as name and text; the text is read by the parameter's type later on. */
export function readWas(texts: readonly string[] = []): Readonly<Record<string, JsonValue>> {
  return Object.fromEntries(texts.map((text) => readPair(text, "--was", "dropout=0")));
}

/** @throws AttuneError `invalid-argument` for a text without a name before `=`. */
export function readPair(text: string, option: string, example: string): readonly [string, string] {
  const at = text.indexOf("=");
  const name = text.slice(0, at).trim();
  if (at > 0 && name !== "") return [name, text.slice(at + 1)];
  throw new AttuneError("invalid-argument", `${option} is "${text}"; write name and value: ${option} ${example}`);
}

/** The constraints as the user wrote them, with the place of each. */
export interface LocatedWhere {
  readonly list: readonly string[];
  readonly locate: (index: number) => SourcePosition | null;
}

/** One expression, or a list of them. */
export function readWhere(setting: GivenSetting): LocatedWhere {
  const { value, source, path = [], position } = setting;
  if (typeof value === "string" && value.trim() !== "") return { list: [value], locate: () => position };
  const list: unknown = value;
  if (!Array.isArray(list) || !list.every((item) => typeof item === "string" && item.trim() !== "")) {
    throw badSetting(setting, 'give a list of expressions: ["batch * layers <= 256"].');
  }
  return { list: list as string[], locate: (index) => source?.locate([...path, index]) ?? position };
}

/** The `space:` mapping as the user wrote it, with the place of each of its values (paths begin inside the mapping). */
export interface LocatedSpace {
  readonly mapping: unknown;
  readonly locate: (path: YamlPath) => SourcePosition;
}
