import { AttuneError } from "../errors.ts";
import type { Metric } from "../trial/metric.ts";
import { compareValues } from "./compare-values.ts";
import { goalText } from "./goal.ts";

/** Characters of a unit at most. */
const MOST_UNIT = 20;

/** What may be said of objectives besides direction and goal. */
export interface SaidByObjective {
  readonly references?: Readonly<Record<string, number | undefined>> | undefined;
  readonly units?: Readonly<Record<string, string | undefined>> | undefined;
}

/**
 * The metrics with references and units that were given for them; what was not given stays.
 *
 * @throws AttuneError `invalid-argument` for one of no objective, a reference that is no finite number or no worse than the goal, a unit that is no short
 * text.
 */
export function withSaid(
  metrics: readonly Metric[],
  { references = {}, units = {} }: SaidByObjective,
): readonly Metric[] {
  requireObjectives("reference", Object.keys(references), metrics);
  requireObjectives("unit", Object.keys(units), metrics);
  return metrics.map((metric) => {
    const { name } = metric;
    const reference = Object.hasOwn(references, name) ? references[name] : metric.reference;
    const unit = Object.hasOwn(units, name) ? units[name] : metric.unit;
    const said: Metric = {
      ...metric,
      ...(reference !== undefined && { reference }),
      ...(unit !== undefined && { unit: checkUnit(name, unit) }),
    };
    checkReference(said);
    return said;
  });
}

function requireObjectives(what: string, names: readonly string[], metrics: readonly Metric[]): void {
  const other = names.find((name) => metrics.every((metric) => metric.name !== name));
  if (other === undefined) return;
  const has = metrics.map(({ name }) => name).join(", ");
  const message = `The ${what} of ${other}: the study has no objective ${other}; it has ${has}.`;
  throw new AttuneError("invalid-argument", message, { data: { [what]: other } });
}

function checkReference(metric: Metric): void {
  const { name, direction, reference, goal } = metric;
  if (reference === undefined) return;
  if (!Number.isFinite(reference))
    throw new AttuneError("invalid-argument", `The reference of ${name} is ${reference}; give a finite number.`);
  if (goal === undefined || compareValues(goal, reference, direction) < 0) return;
  const worse = direction === "minimize" ? "above" : "below";
  const message = `The reference of ${name} is ${reference}, and its goal is ${goalText(metric)}; the reference is the worst value that is of interest, ${worse} the goal.`;
  throw new AttuneError("invalid-argument", message, { data: { reference, goal } });
}

function checkUnit(name: string, unit: string): string {
  const text = unit.trim();
  if (text !== "" && text.length <= MOST_UNIT && !/\p{Cc}/u.test(text)) return text;
  throw new AttuneError(
    "invalid-argument",
    `The unit of ${name} is ${JSON.stringify(unit)}; give 1 to ${MOST_UNIT} characters, such as ms.`,
  );
}
