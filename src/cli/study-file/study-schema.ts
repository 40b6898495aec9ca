import { samplerNames } from "../../sampler/registry.ts";
import { schedulerNames } from "../../scheduler/registry.ts";
import { type JsonValue, spaceSchema } from "../../space/index.ts";
import { ARGS_STYLES, BOOLEAN_FORMS, PARAMS_FORMATS } from "../../trial/command-input.ts";
import type { StudyKey } from "./study-keys.ts";

type Schema = Readonly<Record<string, JsonValue>>;

const TIME: Schema = {
  anyOf: [
    { type: "number", minimum: 0 },
    { type: "string", pattern: "^\\s*((\\d+\\.?\\d*|\\.\\d+)\\s*(ms|s|min|m|h|d)?\\s*)+$" },
  ],
};
const COUNT: Schema = { type: ["integer", "string"], minimum: 1, pattern: "^\\s*\\d+\\s*$" };
const NAME: Schema = { type: ["string", "number"] };
/** For the study's own metric, for several (`name=text`), or by metric. */
const BY_METRIC: Schema = {
  anyOf: [
    { type: "string" },
    { type: "array", minItems: 1, items: { type: "string" } },
    { type: "object", additionalProperties: { type: "string" } },
  ],
};
const TEXTS: Schema = { type: "array", minItems: 1, items: { type: ["string", "number", "boolean"] } };

const METRIC_SCHEMAS = {
  value: {
    type: "string",
    pattern: "^\\s*(last|best|mean:[1-9]\\d{0,5})\\s*$",
    description: "Which of the reported values counts: last, best, mean:3.",
  },
  keep: { description: "Further metrics to keep.", anyOf: [NAME, { type: "array", items: NAME }] },
  "metric-file": { type: "string", description: "A CSV or JSON file that the program writes: runs/${trial}/log.csv." },
  "metric-path": { ...BY_METRIC, description: "Path or column in that file: test.acc." },
  tensorboard: { type: "string", description: "A folder of TensorBoard event files: runs/${trial}." },
  "metric-regex": { ...BY_METRIC, description: "An expression with one group: loss after .*: (\\S+)." },
  "metric-from": { enum: ["name", "last-number"], description: "Whether the last number printed is the metric." },
  "report-http": { type: "boolean", description: "Also take reports by HTTP on the loopback." },
} as const satisfies Readonly<Record<string, Schema>>;
const WAY_IN_SCHEMAS = {
  "args-style": { enum: [...ARGS_STYLES], description: "How ${args} and values at places are written." },
  booleans: { enum: [...BOOLEAN_FORMS], description: "How a boolean behind a flag is written." },
  "params-file": {
    type: "string",
    description: "A file with all parameters, written for each trial: params.json, .yaml, .toml.",
  },
  template: {
    description: "A file to fill for each trial, or a list of them: config.yaml.attune.",
    anyOf: [{ type: "string" }, { type: "array", minItems: 1, items: { type: "string" } }],
  },
  stdin: { enum: [...PARAMS_FORMATS], description: "All parameters on standard input." },
} as const satisfies Readonly<Record<string, Schema>>;
const COMMAND: Schema = {
  description: "The program: a list run as it is, or a text for the shell. ${name} is a parameter's value.",
  anyOf: [{ type: "string" }, TEXTS],
};
const HELD_OUT_SCHEMAS: Readonly<Record<string, Schema>> = {
  command: COMMAND,
  metric: { ...NAME, description: "The metric that it prints; the study's when left out." },
  ...METRIC_SCHEMAS,
  ...WAY_IN_SCHEMAS,
};

/** What each key of a study file holds; `description` is what an editor shows. */
const KEY_SCHEMAS: Readonly<Record<StudyKey, Schema>> = {
  study: { ...NAME, description: "Name of the study; the file's stem when left out." },
  minimize: { ...NAME, description: "The metric that the program prints, to make small." },
  maximize: { ...NAME, description: "The metric that the program prints, to make large." },
  trials: { ...COUNT, minimum: 0, description: "Trials in all, over all runs and processes." },
  workers: { ...COUNT, description: "Trials at a time." },
  sampler: {
    description: "What chooses configurations: a name, or a mapping with name and options.",
    anyOf: [
      { enum: [...samplerNames()] },
      { type: "object", required: ["name"], properties: { name: { enum: [...samplerNames()] } } },
    ],
  },
  think: {
    type: "string",
    pattern: "^\\s*((\\d+\\.?\\d*|\\.\\d+)\\s*(ms|s)\\s*)+$",
    description: "Time a suggestion of gp or auto may take: 10ms, 50ms, 1s.",
  },
  scheduler: {
    description: "What ends poor trials early: a name, or a mapping with name and options.",
    anyOf: [
      { enum: [...schedulerNames()] },
      { type: "object", required: ["name"], properties: { name: { enum: [...schedulerNames()] } } },
    ],
  },
  target: { type: "number", description: "A value of the metric that ends the study." },
  patience: { ...COUNT, description: "Ends the study after so many trials without a better one." },
  seed: { ...COUNT, minimum: 0, description: "Drawn and stored when left out." },
  timeout: { ...TIME, description: "Tuning time in all: 90 (seconds), 30s, 10m, 2h." },
  grace: { ...TIME, description: "Time running trials get when the run is stopped; 10 s." },
  "trial-timeout": { ...TIME, description: "Time one trial may take." },
  "idle-timeout": { ...TIME, description: "Time one trial may stay without output." },
  "memory-limit": { type: ["string", "integer"], description: "Memory one trial may take: 500MB, 8GB." },
  gpus: {
    description: "GPUs to hand out, as CUDA_VISIBLE_DEVICES names them.",
    anyOf: [TEXTS, { type: ["string", "integer"] }],
  },
  "trials-per-gpu": { ...COUNT, description: "Trials that share a GPU." },
  "gpus-per-trial": { ...COUNT, description: "GPUs for each trial." },
  "log-limit": { type: ["string", "integer"], description: "Output kept of each attempt, the newest: 100MB." },
  "min-free": {
    type: ["string", "integer"],
    description: "Disk space below which no new trial begins: 1GB; 0 for no guard.",
  },
  nice: { ...COUNT, minimum: 0, maximum: 19, description: "Lower priority of the programs." },
  ...METRIC_SCHEMAS,
  storage: { type: "string", description: "File or URL; ATTUNE_STORAGE or attune.db when left out." },
  "keep-going": { type: "boolean", description: "Go on when the first three trials all fail the same way." },
  where: {
    description: "Constraints: expressions that every configuration must make true.",
    anyOf: [{ type: "string" }, { type: "array", items: { type: "string" } }],
  },
  was: {
    type: "object",
    description: "For new parameters of a study that exists, what its trials so far count as: {dropout: 0}.",
  },
  command: COMMAND,
  holdout: {
    type: "object",
    description: "The program that attune confirm --holdout runs on data that the search never saw, and its metric.",
    properties: HELD_OUT_SCHEMAS,
    additionalProperties: false,
  },
  ...WAY_IN_SCHEMAS,
};

/** JSON Schema (2020-12) of a study file, for completion and checks in editors. */
export function studySchema(): Schema {
  const { $schema, $defs, title: _title, ...space } = spaceSchema();
  return {
    $schema: $schema!,
    title: "Attune study",
    description: "A study: what to tune, what to try, for how long.",
    type: "object",
    properties: { ...KEY_SCHEMAS, space },
    additionalProperties: false,
    not: { required: ["minimize", "maximize"] },
    $defs: $defs!,
  };
}
