/** Seconds since a moment of this process's monotonic clock (`performance.now()`), to the millisecond. */
export function secondsSince(begun: number): number {
  return Math.round(performance.now() - begun) / 1000;
}
