import type { Trial } from "../../trial/trial.ts";
import type { TrialField } from "./trial-field.ts";
import type { FieldSource } from "./trial-fields.ts";

/**
 * The columns shown when none are asked for: number, state, the study's metrics, time, the parameters that vary, and cause of
 * failure and note where a trial has one.
 */
export function defaultColumns(
  study: FieldSource,
  fields: ReadonlyMap<string, TrialField>,
  trials: readonly Trial[],
): readonly TrialField[] {
  const metrics = study.metrics.map(({ name }) => fields.get(`values.${name}`) ?? fields.get(name)!);
  const fixed = new Set(study.space.parameters.filter(({ type }) => type === "fixed").map(({ name }) => name));
  const parameters = [...fields.values()].filter(
    ({ kind, name }) => kind === "parameter" && !fixed.has(name.replace(/^params\./, "")),
  );
  const told = ["message", "note"].map((name) => fields.get(name)!);
  return [
    fields.get("trial")!,
    fields.get("state")!,
    ...metrics,
    fields.get("time")!,
    ...parameters,
    ...told.filter((field) => trials.some((trial) => field.value(trial) !== undefined)),
  ];
}
