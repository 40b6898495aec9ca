import type { JsonValue } from "../../src/space/json.ts";

/** A scheduler of ours or a pruner of Optuna's, with its options. */
export interface Method {
  readonly by: "attune" | "optuna";
  readonly name: string;
  readonly options: Readonly<Record<string, JsonValue>>;
  /** Settings of one family are one rule, more or less strict: in between it costs and loses what lies in between. */
  readonly family: string;
}

const ours = (name: string, options: Method["options"] = {}): Method => ({ by: "attune", name, options, family: name });
const peers = (name: string, options: Method["options"] = {}): Method => ({
  by: "optuna",
  name,
  options,
  family: name,
});

/** What is measured, in the order of the table. */
export const METHODS: readonly Method[] = [
  ours("curve"),
  ours("curve", { top: 0.05 }),
  ours("curve", { top: 0.1 }),
  ours("curve", { top: 0.3 }),
  ours("curve", { top: 0 }),
  ours("median"),
  { ...ours("percentile"), family: "median" },
  { ...ours("percentile", { percentile: 90 }), family: "median" },
  ours("halving"),
  ours("asha"),
  ours("asha", { reduction: 2 }),
  ours("hyperband"),
  ours("patient"),
  { ...peers("MedianPruner"), family: "PercentilePruner" },
  peers("PercentilePruner", { percentile: 75 }),
  peers("PercentilePruner", { percentile: 90 }),
  peers("SuccessiveHalvingPruner"),
  peers("SuccessiveHalvingPruner", { reduction_factor: 2 }),
  peers("HyperbandPruner"),
];

/** `curve {"top":0.2}`: what a record and the table call it. */
export function methodName({ name, options }: Pick<Method, "name" | "options">): string {
  return Object.keys(options).length === 0 ? name : `${name} ${JSON.stringify(options)}`;
}
