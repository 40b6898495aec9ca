/**
 * Whether a trial is judged when it has so many steps with a value: at each of the first ones, then at every eighth more, so that a thousand reports
 * are not looked at a thousand times. `least` is the first.
 */
export function isJudged(count: number, least: number): boolean {
  let next = least;
  while (next < count) next += Math.max(1, Math.floor(next / 8));
  return next === count;
}
