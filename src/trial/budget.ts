/** The budget's ledger of trials. Trials that ran elsewhere (imported) and invalid ones weigh nothing; imported ones that wait run here. */
export interface Budget {
  /** Trials that the budget was spent on: they came to an end of their own, complete, pruned or failed. */
  readonly trialsSpent: number;
  readonly running: number;
  readonly paused: number;
  readonly waiting: number;
  /** Numbers a proposer holds and has not turned into trials yet. */
  readonly reserved: number;
}

/** Everything that will count if nothing goes wrong. */
export function committed(budget: Budget): number {
  return budget.trialsSpent + budget.running + budget.paused + budget.waiting + budget.reserved;
}

/** Room for one more trial to be *started* under the limit (null: no limit). */
export function mayStart(budget: Budget, limit: number | null): boolean {
  return limit === null || budget.trialsSpent + budget.running + budget.paused < limit;
}

/** How many more trials may be *proposed* under the limit; Infinity without one. */
export function mayPropose(budget: Budget, limit: number | null): number {
  return limit === null ? Number.POSITIVE_INFINITY : Math.max(0, limit - committed(budget));
}
