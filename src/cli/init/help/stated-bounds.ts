const NUMBER = String.raw`[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?`;
const END = String.raw`(?![\w/%]|[.,:-]\d)`;

/** The first two groups are the bounds. */
const CLOSED = [
  new RegExp(String.raw`[[(]\s*(${NUMBER})\s*\.\.\s*(${NUMBER})\s*[\])]`),
  new RegExp(String.raw`[[(]\s*(${NUMBER})\s*(?:-|–|~|to|<=x<=)\s*(${NUMBER})(?=[\s,;:)\]/])`),
  new RegExp(String.raw`\(\s*(${NUMBER})\s*[:=][^()]*?\.\.+\s*(${NUMBER})\s*[:=)]`),
  new RegExp(String.raw`\(\s*(${NUMBER})[=:][^(),]*,\s*(${NUMBER})[=:]`),
  new RegExp(String.raw`\b(?:between|from)\s+(${NUMBER})(?:\s+\([^()]*\))?\s+(?:and|to)\s+(${NUMBER})${END}`),
  new RegExp(String.raw`\brange:?\s+(${NUMBER})\s*(?:-|–|~|to)\s*(${NUMBER})${END}`, "i"),
];
/** `0<x<=1`: the bound, its sign, the sign of the other, the other. */
const AROUND = new RegExp(String.raw`(${NUMBER})\s*(<=?)\s*[a-z]\w*\s*(<=?)\s*(${NUMBER})${END}`, "i");
/** `>3, <32`. */
const SIGNS = new RegExp(String.raw`(>=?)\s*(${NUMBER})\s*(?:,|;|and)?\s*(?:and\s+)?(<=?)\s*(${NUMBER})${END}`);
/** `(n>0)`, `(>= 1)`. */
const ABOVE = new RegExp(String.raw`\(\s*(?:[a-z]\w*\s*)?(>=?)\s*(${NUMBER})\s*\)`, "i");

/**
 * The bounds that a description states for a number, infinite where it states one; null for none. An open bound of a whole number
 * is the next one inside; of a float a thousandth of the range further in.
 */
export function statedBounds(description: string, isInt: boolean): readonly [number, number] | null {
  for (const pattern of CLOSED) {
    const match = pattern.exec(description);
    if (match === null) continue;
    const [low, high] = [Number(match[1]), Number(match[2])];
    if (low < high) return [low, high];
  }
  const around = AROUND.exec(description);
  if (around !== null)
    return inside([Number(around[1]), Number(around[4])], [around[2] === "<", around[3] === "<"], isInt);
  const signs = SIGNS.exec(description);
  if (signs !== null) return inside([Number(signs[2]), Number(signs[4])], [signs[1] === ">", signs[3] === "<"], isInt);
  const above = ABOVE.exec(description);
  return above === null ? null : inside([Number(above[2]), Number.POSITIVE_INFINITY], [above[1] === ">", false], isInt);
}

function inside(
  [low, high]: readonly [number, number],
  [isLowOpen, isHighOpen]: readonly [boolean, boolean],
  isInt: boolean,
): readonly [number, number] | null {
  const step = isInt ? 1 : Number.isFinite(high) ? (high - low) / 1000 : 0;
  const bounds = [isLowOpen ? low + step : low, isHighOpen ? high - step : high] as const;
  return bounds[0] < bounds[1] ? bounds : null;
}
