export interface Utilisation {
  /** Of the time to the last end. */
  readonly whole: number;
  /** Of the time until the last attempt began, from which on the budget has nothing left to give. */
  readonly untilLastBegin: number;
  /** When the last attempt ended. */
  readonly end: number;
}

/** The share of their time that workers have something to run. */
export function utilisation(
  attempts: readonly { readonly begin: number; readonly end: number }[],
  workers: number,
): Utilisation {
  const last = attempts.reduce((most, { begin }) => Math.max(most, begin), 0);
  const end = attempts.reduce((most, attempt) => Math.max(most, attempt.end), 0);
  const busy = (to: number) => attempts.reduce((sum, one) => sum + Math.max(0, Math.min(one.end, to) - one.begin), 0);
  return { whole: busy(end) / (workers * end), untilLastBegin: busy(last) / (workers * last), end };
}
