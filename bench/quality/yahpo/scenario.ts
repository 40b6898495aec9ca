import { readFileSync } from "node:fs";
import { buildSpace } from "../../../src/space/build-space.ts";
import type { Condition, FidelityParameter, Parameter } from "../../../src/space/parameter.ts";
import type { Space } from "../../../src/space/space.ts";

/** What the network of one scenario wants: inputs in its own order, what is fixed, and which output is the value. */
export interface Scenario {
  readonly name: string;
  readonly nominal: readonly string[];
  readonly numeric: readonly string[];
  /** Name of the input that says which data set. */
  readonly instance: string;
  /** Fidelities at their full value, and what else is held. */
  readonly fixed: Readonly<Record<string, number>>;
  /** Which of the fixed inputs says how far a configuration is run. */
  readonly fidelity: "epoch" | "trainsize";
  /** The value to maximise from the first outputs. */
  readonly value: (outputs: Float32Array) => number;
}

const XGBOOST = ["alpha", "subsample", "max_depth", "min_child_weight", "colsample_bytree", "colsample_bylevel"];
const TRAINSIZE = { instance: "task_id", fidelity: "trainsize" } as const;
const RBV2 = { ...TRAINSIZE, fixed: { trainsize: 1, repl: 10 }, value: (y: Float32Array) => y[0]! };
const IAML = { ...TRAINSIZE, fixed: { trainsize: 1 }, value: (y: Float32Array) => -y[0]! };
const LIST = (prefix: string, names: string) => names.split(" ").map((name) => prefix + name);

/** The five scenarios in `data/yahpo`. */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: "lcbench",
    nominal: ["OpenML_task_id"],
    numeric: LIST("", "epoch batch_size learning_rate momentum weight_decay num_layers max_units max_dropout"),
    instance: "OpenML_task_id",
    fixed: { epoch: 52 },
    fidelity: "epoch",
    value: (y) => y[1]! / 100,
  },
  {
    name: "rbv2_rpart",
    nominal: ["task_id", "num.impute.selected.cpo"],
    numeric: LIST("", "cp maxdepth minbucket minsplit trainsize repl"),
    ...RBV2,
  },
  {
    name: "rbv2_xgboost",
    nominal: ["task_id", "booster", "num.impute.selected.cpo"],
    numeric: [...LIST("", "nrounds eta gamma lambda"), ...XGBOOST, ...LIST("", "rate_drop skip_drop trainsize repl")],
    ...RBV2,
  },
  { name: "iaml_glmnet", nominal: ["task_id"], numeric: LIST("", "alpha s trainsize"), ...IAML },
  {
    name: "iaml_super_2021",
    nominal: [
      "task_id",
      "learner",
      ...LIST("ranger.", "replace respect.unordered.factors splitrule"),
      "xgboost.booster",
    ],
    numeric: [
      ...LIST("ranger.", "num.trees sample.fraction mtry.ratio min.node.size num.random.splits"),
      ...LIST("rpart.", "cp maxdepth minbucket minsplit"),
      ...LIST("glmnet.", "alpha s"),
      ...[...LIST("xgboost.", "nrounds eta gamma lambda"), ...XGBOOST.map((name) => `xgboost.${name}`)],
      ...LIST("xgboost.", "rate_drop skip_drop"),
      "trainsize",
    ],
    ...IAML,
  },
];

interface ConfigCondition {
  readonly type: "EQ" | "IN" | "AND";
  readonly child: string;
  readonly parent: string;
  readonly value?: string;
  readonly values?: readonly string[];
  readonly conditions?: readonly ConfigCondition[];
}

interface ConfigParameter {
  readonly name: string;
  readonly type: "uniform_float" | "uniform_int" | "categorical";
  readonly lower: number;
  readonly upper: number;
  readonly log: boolean;
  readonly choices: readonly string[];
}

interface ConfigSpace {
  readonly hyperparameters: readonly ConfigParameter[];
  readonly conditions: readonly ConfigCondition[];
}

/** Reads a JSON file of the benchmark's data. */
export function readData<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(`../data/${path}`, import.meta.url), "utf8"));
}

/** The hyperparameters of a scenario, without instance and fidelities. No defaults: the peers did not get them either. */
export function scenarioSpace({ name, instance, fixed }: Scenario): Space {
  const { hyperparameters, conditions } = readData<ConfigSpace>(`yahpo/${name}/config_space.json`);
  const searched = hyperparameters.filter((p) => p.name !== instance && !Object.hasOwn(fixed, p.name));
  const parameters = searched.map((p) => toParameter(p, conditions));
  return buildSpace(parents(parameters));
}

/** The scenario's fidelity as a space declares it, from the least that its network was trained on to the full run. */
export function scenarioFidelity({ name, fidelity, fixed }: Scenario): FidelityParameter {
  const { hyperparameters } = readData<ConfigSpace>(`yahpo/${name}/config_space.json`);
  const { lower, upper } = hyperparameters.find((p) => p.name === fidelity)!;
  if (upper !== fixed[fidelity])
    throw new Error(`${name}: a full run has ${fidelity} ${fixed[fidelity]}, not ${upper}`);
  const base = {
    name: fidelity,
    when: [],
    low: lower,
    high: upper,
    scale: "log",
    prior: null,
    fidelity: true,
  } as const;
  return fidelity === "epoch"
    ? { ...base, type: "int", step: 1 }
    : { ...base, type: "float", step: null, orZero: false };
}

function toCondition({ parent, value, values }: ConfigCondition): Condition {
  return { parent, in: values ?? [value!] };
}

function toParameter(p: ConfigParameter, conditions: readonly ConfigCondition[]): Parameter {
  const own = conditions.filter((c) => c.child === p.name).flatMap((c) => (c.type === "AND" ? c.conditions! : [c]));
  const base = { name: p.name, when: own.length === 0 ? [] : [own.map(toCondition)] };
  if (p.type === "categorical") return { ...base, type: "categorical", choices: p.choices, labels: null };
  const range = { low: p.lower, high: p.upper, scale: p.log ? "log" : "linear", prior: null } as const;
  return p.type === "uniform_int"
    ? { ...base, ...range, type: "int", step: 1 }
    : { ...base, ...range, type: "float", step: null, orZero: false };
}

/** Parents first. */
function parents(parameters: readonly Parameter[]): readonly Parameter[] {
  const ordered: Parameter[] = [];
  const known = new Set<string>();
  while (ordered.length < parameters.length) {
    const next = parameters.filter(
      (p) => !known.has(p.name) && p.when.every((list) => list.every(({ parent }) => known.has(parent))),
    );
    if (next.length === 0) throw new Error("the conditions hold a cycle");
    for (const p of next) {
      ordered.push(p);
      known.add(p.name);
    }
  }
  return ordered;
}
