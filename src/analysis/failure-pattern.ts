import { isVisible } from "../objective/index.ts";
import type { JsonValue } from "../space/json.ts";
import { jsonEqual, jsonIndexOf } from "../space/json-equal.ts";
import type { Parameter } from "../space/parameter.ts";
import type { Space } from "../space/space.ts";
import type { Trial } from "../trial/trial.ts";
import { failureCauseKey } from "./failure-cause-key.ts";

/** What values all failures (of one cause) have, and hardly another trial. */
export interface FailurePattern {
  readonly parameter: string;
  /** The failures have this very value, or none on its other side. */
  readonly relation: "equal" | "at-least" | "at-most";
  readonly value: JsonValue;
  readonly failures: number;
  /** Number of the newest of them. */
  readonly last: number;
  /** Trials that ended well, and those among them with such a value. */
  readonly successes: number;
  readonly successesWith: number;
  /** How likely chance alone would do so anywhere in the space: Fisher's exact test, times the number of comparisons. */
  readonly chance: number;
}

/** Fewer failures have nothing in common that chance would not do. */
const FEWEST = 3;
const LEVEL = 0.05;
type Relation = FailurePattern["relation"];

/**
 * The value or range that all failures share and few others have: of all failures together, else of each cause of three or more.
 * Only what chance would do in less than one study of twenty is told. Trials lost with their machine count for neither side.
 */
export function failurePatterns(trials: readonly Trial[], space: Space): readonly FailurePattern[] {
  const visible = trials.filter(isVisible);
  const failed = visible.filter(({ state, outcome }) => state === "failed" && outcome !== "lost");
  const good = visible.filter(({ state }) => state === "complete" || state === "pruned");
  const together = patternOf(failed, good, space.parameters);
  if (together !== null) return [together];
  const causes = Object.values(Object.groupBy(failed, failureCauseKey)) as readonly (readonly Trial[])[];
  if (causes.length < 2) return [];
  const found = causes.map((members) => patternOf(members, good, space.parameters));
  return found.filter((pattern) => pattern !== null).sort((a, b) => b.failures - a.failures || b.last - a.last);
}

interface Comparison {
  readonly parameter: Parameter;
  readonly relation: Relation;
  readonly value: JsonValue;
}

function patternOf(
  failed: readonly Trial[],
  good: readonly Trial[],
  parameters: readonly Parameter[],
): FailurePattern | null {
  if (failed.length < FEWEST) return null;
  const searched = parameters.filter(({ type }) => type !== "fixed");
  const comparisons = searched.reduce((sum, { type }) => sum + (isOrdered(type) ? 3 : 1), 0);
  let best: FailurePattern | null = null;
  for (const comparison of searched.flatMap((parameter) => shared(parameter, failed))) {
    const successesWith = good.filter((trial) => holds(comparison, trial)).length;
    const chance = chanceOf(failed.length, successesWith, good.length) * comparisons;
    if (chance >= LEVEL || (best !== null && chance >= best.chance)) continue;
    const { parameter, relation, value } = comparison;
    const last = Math.max(...failed.map(({ number }) => number));
    const counts = { failures: failed.length, last, successes: good.length, successesWith };
    best = { parameter: parameter.name, relation, value, ...counts, chance };
  }
  return best;
}

function isOrdered(type: Parameter["type"]): boolean {
  return type === "float" || type === "int" || type === "ordinal";
}

/** What all of the failures have in this parameter, the narrowest first. */
function shared(parameter: Parameter, failed: readonly Trial[]): readonly Comparison[] {
  const { name } = parameter;
  if (!failed.every(({ params }) => Object.hasOwn(params, name))) return [];
  const values = failed.map(({ params }) => params[name]!);
  const equal: Comparison = { parameter, relation: "equal", value: values[0]! };
  const found = values.every((value) => jsonEqual(value, values[0])) ? [equal] : [];
  if (!isOrdered(parameter.type)) return found;
  const sorted = values.toSorted((a, b) => rank(parameter, a) - rank(parameter, b));
  const [least, most] = [sorted[0]!, sorted.at(-1)!];
  return [...found, { parameter, relation: "at-least", value: least }, { parameter, relation: "at-most", value: most }];
}

/** Place of a value in the order of its parameter. */
function rank(parameter: Parameter, value: JsonValue): number {
  return parameter.type === "ordinal" ? jsonIndexOf(parameter.values, value) : Number(value);
}

function holds({ parameter, relation, value }: Comparison, { params }: Trial): boolean {
  if (!Object.hasOwn(params, parameter.name)) return false;
  const own = params[parameter.name]!;
  if (relation === "equal") return jsonEqual(own, value);
  const distance = rank(parameter, own) - rank(parameter, value);
  return relation === "at-least" ? distance >= 0 : distance <= 0;
}

/**
 * Fisher's exact test, one-sided, where every failure has the property: the chance that `failures` trials drawn from all are among
 * the ones that have it. Of a range that begins at the outermost failure it is the chance that it is this narrow.
 */
function chanceOf(failures: number, successesWith: number, successes: number): number {
  let chance = 1;
  for (let k = 0; k < failures; k++) chance *= (failures + successesWith - k) / (failures + successes - k);
  return chance;
}
