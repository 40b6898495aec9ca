import { readFileSync } from "node:fs";
import type { Params } from "../../src/space/json.ts";
import type { Space } from "../../src/space/space.ts";
import { openOutputs } from "../quality/yahpo/objective.ts";
import { SCENARIOS, scenarioSpace } from "../quality/yahpo/scenario.ts";

/** One of the two numbers of a task, as networks give them. */
interface Output {
  readonly name: string;
  /** Place among the outputs of the network. */
  readonly place: number;
  /** -1 for one to be made large. */
  readonly sign: 1 | -1;
  /** Compared by its logarithm, of which it is taken to have this much at least; null for one compared as it is. */
  readonly floor: number | null;
}

/** A trade-off of a real tuning problem. */
export interface Pair {
  readonly name: string;
  /** `dev`: to tune on; `headline`: to report on. */
  readonly suite: "dev" | "headline";
  readonly scenario: string;
  readonly instance: string;
  readonly outputs: readonly [Output, Output];
}

export interface OpenPair {
  readonly space: Space;
  /** Both to be made small, as samplers are told them; at full fidelity or at the one given. */
  evaluate(params: Params, fidelity?: number): Promise<readonly [number, number]>;
}

/** How results of a task are compared: `freeze-scale.ts` makes it once, before anything is tuned. */
export interface PairScale {
  /** Best and worst of each coordinate on the front of very many results; references lie at 1.1 of the way. */
  readonly ideal: readonly [number, number];
  readonly nadir: readonly [number, number];
  /** The largest hypervolume known, on that scale. */
  readonly best: number;
  /** Points of the front. */
  readonly points: number;
}

const output = (name: string, place: number, sign: 1 | -1, floor: number | null): Output => ({
  name,
  place,
  sign,
  floor,
});
const TRADE_OFFS: Readonly<Record<string, Pair["outputs"]>> = {
  lcbench: [output("accuracy", 1, -1, null), output("time", 0, 1, 1e-3)],
  rbv2_rpart: [output("accuracy", 0, -1, null), output("memory", 8, 1, 1e-3)],
  rbv2_xgboost: [output("accuracy", 0, -1, null), output("training time", 6, 1, 1e-3)],
  iaml_glmnet: [output("error", 0, 1, null), output("features", 11, 1, 1)],
};

const pair = (suite: Pair["suite"], scenario: string, instance: string): Pair => ({
  ...{ name: `${scenario} ${instance}`, suite, scenario, instance },
  outputs: TRADE_OFFS[scenario]!,
});

/** Tasks by suite; those of `dev` are on other instances. */
export const PAIRS: readonly Pair[] = [
  ...["11", "1067", "41212"].map((instance) => pair("dev", "rbv2_rpart", instance)),
  ...["3945", "34539", "146212"].map((instance) => pair("dev", "lcbench", instance)),
  ...["3", "1068", "41143"].map((instance) => pair("dev", "rbv2_xgboost", instance)),
  pair("dev", "iaml_glmnet", "1489"),
  ...["41163", "1476", "40499"].map((instance) => pair("headline", "rbv2_rpart", instance)),
  ...["167168", "167152", "189873"].map((instance) => pair("headline", "lcbench", instance)),
  pair("headline", "rbv2_xgboost", "12"),
  pair("headline", "iaml_glmnet", "1067"),
];

/** Loads a task's network. */
export async function openPair({ scenario: name, instance, outputs }: Pair): Promise<OpenPair> {
  const scenario = SCENARIOS.find((one) => one.name === name)!;
  const run = await openOutputs(scenario, instance);
  const evaluate = async (params: Params, fidelity?: number): Promise<readonly [number, number]> => {
    const all = await run(params, fidelity);
    const [a, b] = outputs.map(({ place, sign }) => sign * all[place]!);
    return [a!, b!];
  };
  return { space: scenarioSpace(scenario), evaluate };
}

/** Results as they are compared. */
export function compared({ outputs }: Pair, values: readonly number[]): readonly [number, number] {
  const [a, b] = outputs.map(({ floor }, k) => (floor === null ? values[k]! : Math.log(Math.max(values[k]!, floor))));
  return [a!, b!];
}

const FILE = new URL("scale.json", import.meta.url);

/** The frozen scales by task name. */
export function readScales(): Readonly<Record<string, PairScale>> {
  return JSON.parse(readFileSync(FILE, "utf8"));
}

export { FILE as SCALE_FILE };
