import { readUnit } from "./units.ts";

/**
 * A number that was converted to seconds or bytes (`unit`: `s`, `B`, `s/step`), in another unit of the same kind; null where this is none. Of the numbers that are so many seconds or bytes the
 * shortest, so that 12.3 ms is 12.3 again.
 */
export function inUnit(value: number, unit: string, wanted: string): number | null {
  const [kind, per = ""] = cut(unit);
  const [symbol, perWanted = ""] = cut(wanted);
  const target = readUnit(symbol!);
  if (target === null || target.kind !== kind || per !== perWanted) return null;
  const { factor, divisor } = target;
  const near = (value * divisor) / factor;
  const candidates = [near, beside(near, 1n), beside(near, -1n)].filter((one) => (one * factor) / divisor === value);
  return candidates.reduce(
    (best, one) => (String(one).length < String(best).length ? one : best),
    candidates[0] ?? near,
  );
}

function cut(unit: string): readonly string[] {
  const slash = unit.indexOf("/");
  return slash < 0 ? [unit] : [unit.slice(0, slash), unit.slice(slash)];
}

/** The next double on one side. */
function beside(number: number, side: 1n | -1n): number {
  if (!Number.isFinite(number) || number === 0) return number;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, number);
  view.setBigInt64(0, view.getBigInt64(0) + side);
  return view.getFloat64(0);
}
