import type { Metric } from "./metric.ts";
import type { StudySettings } from "./study-definition.ts";

/** What settings say of objectives besides their direction, by objective. */
export type SaidOfObjectives = Pick<StudySettings, "goals" | "references" | "units">;

interface Made {
  readonly of: readonly Metric[];
  readonly said: SaidOfObjectives;
  readonly metrics: readonly Metric[];
}

/** The lists that were made, by the first of what they were made for. */
const made = new WeakMap<object, Made>();

/** A study's objectives, with goals, references and units in force: those that settings say, else those that it began with. */
export function metricsInForce(
  begun: readonly Metric[],
  { objectives, goals, references, units }: Pick<StudySettings, "objectives"> & SaidOfObjectives,
): readonly Metric[] {
  const metrics = objectives ?? begun;
  const key = goals ?? references ?? units;
  if (key === undefined) return metrics;
  const known = made.get(key);
  const isKnown = known?.of === metrics && known.said.references === references && known.said.units === units;
  if (isKnown && known.said.goals === goals) return known.metrics;
  const now = metrics.map(({ name, direction, ...begins }) => {
    const goal = saidIn(goals, name, begins.goal);
    const reference = saidIn(references, name, begins.reference);
    const unit = saidIn(units, name, begins.unit);
    return {
      ...{ name, direction },
      ...(goal !== undefined && { goal }),
      ...(reference !== undefined && { reference }),
      ...(unit !== undefined && { unit }),
    };
  });
  made.set(key, { of: metrics, said: { goals, references, units } as SaidOfObjectives, metrics: now });
  return now;
}

function saidIn<V>(said: Readonly<Record<string, V>> | undefined, name: string, begun: V | undefined): V | undefined {
  if (said === undefined) return begun;
  return Object.hasOwn(said, name) ? said[name] : undefined;
}
