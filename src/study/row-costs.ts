import type { HistoryColumns } from "../trial/history-view.ts";
import { keptOn } from "../trial/kept-on.ts";
import type { Trial } from "../trial/trial.ts";

/** The steps that the rows of a history tell of, each row's since the one before of its trial; lost attempts have no rows. */
export class RowCosts {
  readonly #reached = new Map<number, { readonly segment: number; readonly step: number }>();

  /** Steps of the next row of a trial: all up to its own where the run began anew; 0 where it tells no step. */
  add({ segment, step }: HistoryColumns, row: number, { number, segments, branch }: Trial): number {
    const [own, came] = [segment[row]!, step[row]!];
    if (!(came > 0)) return 0;
    const before = this.#reached.get(number);
    this.#reached.set(number, { segment: own, step: came });
    const isFirst = before === undefined && own === 0 && branch !== undefined;
    if (isFirst && segments[0]!.attempts.every(({ missing }) => missing === undefined))
      return Math.max(0, came - branch.step);
    if (before === undefined || !(before.segment === own || keptOn(segments, own))) return came;
    return Math.max(0, came - before.step);
  }
}
