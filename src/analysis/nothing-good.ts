import { compareValues, isVisible, metricValue } from "../objective/index.ts";
import { isParameterValue, type Parameter, toUnit } from "../space/index.ts";
import type { JsonValue } from "../space/json.ts";
import type { Metric } from "../trial/metric.ts";
import type { Trial } from "../trial/trial.ts";

/** Parts of a parameter's range in which no trial was good. */
export interface NothingGood {
  /** Below this value none was; null where some were, or too few were tried. */
  readonly below: number | null;
  /** Above this value none was. */
  readonly above: number | null;
  /** Single values with which none was. */
  readonly values: readonly JsonValue[];
  /** How many trials lie in these parts. */
  readonly trials: number;
}

/** Share of the trials that are good, and how many at least. */
const GOOD = 0.2;
const LEAST_GOOD = 5;
/** Chance that so many trials hold no good one though the part is no worse. */
const CHANCE = 0.05;

interface Tried {
  readonly raw: JsonValue;
  readonly unit: number;
  readonly value: number;
}

/** Where, of one parameter, no trial was among the best fifth, beyond what chance would do; null where there is no such part. */
export function nothingGood(trials: Iterable<Trial>, metric: Metric, parameter: Parameter): NothingGood | null {
  const tried: Tried[] = [];
  for (const trial of trials) {
    if (trial.state !== "complete" || !isVisible(trial)) continue;
    const value = metricValue(trial, metric.name);
    const raw = Object.hasOwn(trial.params, parameter.name) ? trial.params[parameter.name] : undefined;
    if (!Number.isFinite(value) || raw === undefined || !isParameterValue(parameter, raw)) continue;
    tried.push({ raw, unit: toUnit(parameter, raw), value });
  }
  const ranked = tried.toSorted((a, b) => compareValues(a.value, b.value, metric.direction));
  const last = ranked[Math.min(ranked.length, Math.max(LEAST_GOOD, Math.ceil(ranked.length * GOOD))) - 1];
  // What is as good as the last of them is good too.
  const good = ranked.filter(
    ({ value }) => last !== undefined && compareValues(value, last.value, metric.direction) <= 0,
  );
  const rest = ranked.slice(good.length);
  const share = good.length / Math.max(1, ranked.length);
  const few = (count: number): boolean => power(1 - share, count) > CHANCE;
  const found =
    parameter.type === "float" || parameter.type === "int" ? ends(good, rest, few) : singles(good, rest, few);
  return found.trials === 0 ? null : found;
}

function ends(good: readonly Tried[], rest: readonly Tried[], few: (count: number) => boolean): NothingGood {
  const sorted = good.toSorted((a, b) => a.unit - b.unit);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return { below: null, above: null, values: [], trials: 0 };
  const under = rest.filter(({ unit }) => unit < first.unit).length;
  const over = rest.filter(({ unit }) => unit > last.unit).length;
  return {
    below: few(under) ? null : Number(first.raw),
    above: few(over) ? null : Number(last.raw),
    values: [],
    trials: (few(under) ? 0 : under) + (few(over) ? 0 : over),
  };
}

function singles(good: readonly Tried[], rest: readonly Tried[], few: (count: number) => boolean): NothingGood {
  const taken = new Set(good.map(({ unit }) => unit));
  const others = Map.groupBy(
    rest.filter(({ unit }) => !taken.has(unit)),
    ({ unit }) => unit,
  );
  const bad = [...others.values()].filter((own) => !few(own.length));
  return {
    below: null,
    above: null,
    values: bad.map(([own]) => own!.raw),
    trials: bad.reduce((sum, own) => sum + own.length, 0),
  };
}

/** A share to the power of a count, with equal bits everywhere. */
function power(share: number, count: number): number {
  let product = 1;
  for (let k = 0; k < count && product > CHANCE / 2; k++) product *= share;
  return product;
}
