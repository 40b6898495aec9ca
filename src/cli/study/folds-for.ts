import { AttuneError } from "../../errors.ts";
import { schedulerAbilities } from "../../scheduler/registry.ts";
import type { Space } from "../../space/index.ts";
import { foldsOf } from "../../study/folds-of.ts";
import type { Study } from "../../study/index.ts";
import type { ComponentChoice } from "../../trial/study-definition.ts";
import type { RunSettings } from "../settings/table.ts";

/** What a study has that folds may not go with. */
interface FoldedStudy {
  readonly space: Space;
  readonly scheduler: ComponentChoice | undefined;
}

/**
 * How many folds a study is to have: what the settings say, else what it had before; null for none.
 *
 * @throws AttuneError `invalid-argument` where folds make no sense.
 */
export function foldsFor(
  { folds: given, command }: RunSettings,
  before: Pick<Study, "settings"> | null,
  { space, scheduler }: FoldedStudy,
): number | null {
  const folds = given ?? (before === null ? null : foldsOf(before.settings));
  if (folds === null) return null;
  if (command === undefined) throw impossible(folds, "there is no program to start once a fold", "add a command");
  refuseFidelity(folds, space);
  if (scheduler !== undefined && schedulerAbilities(scheduler.name)?.promotes === true) {
    const why = `the scheduler ${scheduler.name} pauses trials and runs them on, which a trial that starts its program once a fold cannot be`;
    throw impossible(folds, why, "choose one that only stops trials, as wilcoxon, median or halving");
  }
  return folds;
}

/** @throws AttuneError `study-changed` when a study called by its name alone is to have other folds; for one whose space was edited, as {@link foldsFor}. */
export function rejectOtherFolds(study: Pick<Study, "name" | "settings" | "space">, { folds }: RunSettings): void {
  const own = foldsOf(study.settings);
  if (own !== null) refuseFidelity(own, study.space);
  if (folds === undefined || folds === own) return;
  throw new AttuneError(
    "study-changed",
    `Study ${study.name} has ${own === null ? "no folds" : `${own} folds`}, not ${folds}. Begin another with --study NAME.`,
    { data: { folds, own } },
  );
}

function refuseFidelity(folds: number, { fidelity }: Space): void {
  if (fidelity === undefined) return;
  const why = `${fidelity.name} says how far a trial is run, and folds are not run further`;
  throw impossible(folds, why, `leave folds out, or declare ${fidelity.name} without fidelity`);
}

function impossible(folds: number, why: string, way: string): AttuneError {
  return new AttuneError("invalid-argument", `folds is ${folds}, but ${why}; ${way}.`, { data: { folds } });
}
