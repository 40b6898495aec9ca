import { OptionReader } from "../../component/option-reader.ts";
import { earliestStop, readStrictness } from "../../scheduler/wilcoxon/strictness.ts";
import { foldsOf } from "../../study/folds-of.ts";
import type { Study } from "../../study/index.ts";

/** A sentence when the study's scheduler is one of folds and has too few of them to stop any trial before its last; else null. */
export function foldsNotice({ settings }: Pick<Study, "settings">): string | null {
  const folds = foldsOf(settings);
  const { name, options } = settings.scheduler;
  if (folds === null || name !== "wilcoxon") return null;
  const given = readStrictness(new OptionReader("scheduler wilcoxon", options));
  if (earliestStop(given, folds) !== null) return null;
  let enough = folds + 1;
  while (earliestStop(given, enough) === null) enough += 1;
  const such = given.level === null && given.startup === null ? "" : " with these options";
  return `scheduler wilcoxon can stop no trial of ${folds} folds before its last one${such}; it can from ${enough} folds on.`;
}
