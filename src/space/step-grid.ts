/** Digits behind the decimal point of a number's shortest form. */
function decimals(x: number): number {
  const [digits = "", exponent = "0"] = String(x).split("e");
  const fraction = digits.split(".")[1] ?? "";
  return Math.max(0, fraction.length - Number(exponent));
}

/** How many values low, low + step, ... lie within [low, high]; a high that is off by rounding only counts. */
export function stepCount(low: number, high: number, step: number): number {
  const steps = (high - low) / step;
  return Math.floor(steps + 1e-9 * Math.max(1, Math.min(steps, 1e3))) + 1;
}

/** The k-th value, as its decimal notation says: the third of 0..1 step 0.1 is 0.3, not 0.30000000000000004. */
export function stepValue(low: number, step: number, k: number): number {
  const value = low + k * step;
  if (Number.isInteger(low) && Number.isInteger(step)) return value;
  const places = Math.max(decimals(low), decimals(step));
  return places <= 100 ? Number(value.toFixed(places)) : value;
}

/** The k of the grid value nearest to x, within [0, count). */
export function stepIndex(low: number, step: number, count: number, x: number): number {
  return Math.min(count - 1, Math.max(0, Math.round((x - low) / step)));
}
