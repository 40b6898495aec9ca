/** The ledger of a study's tuning time, in ms. */
export interface TuningTime {
  readonly total: number;
  /** When anybody called last, ms since 1970. */
  readonly last: number;
}

/** The ledger after a call: parallel callers share the time since the last call of any, a suspended machine adds nothing. */
export function addTuningTime(ledger: TuningTime | null, elapsed: number, now: number): TuningTime {
  const own = Math.max(0, elapsed);
  if (ledger === null) return { total: own, last: now };
  return { total: ledger.total + Math.min(own, Math.max(0, now - ledger.last)), last: now };
}
