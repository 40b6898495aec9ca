/** The n-th largest of the numbers, or the least where there are fewer. */
export function nthLargest(numbers: readonly number[], n: number): number {
  const sorted = Float64Array.from(numbers).sort();
  return sorted[Math.max(0, sorted.length - n)] ?? Number.NaN;
}
