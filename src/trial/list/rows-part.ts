import type { Alike, TrialRows } from "./trial-rows.ts";

/** Trials in rows that need not be in memory before somebody looks at them. */
export interface RowsPart {
  /** Number of the first row, where those of the others follow it one by one; null where they do not. */
  readonly first: number | null;
  /** True where each look reads them anew. */
  readonly isLate: boolean;
  /** What all of them have alike, as far as that is known without a look at them. */
  readonly all: Alike;
  /** Answers what `use` does of the rows, which are gone afterwards. */
  look<T>(use: (rows: TrialRows) => T): T;
}

/** Rows that are in memory. */
export function heldRows(rows: TrialRows): RowsPart {
  return { first: rows.first, isLate: false, all: rows.all, look: (use) => use(rows) };
}
