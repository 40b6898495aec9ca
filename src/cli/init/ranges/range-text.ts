import type { ProgramOption } from "../program-option.ts";

/** A range as it is usual for a kind of parameter. */
export interface UsualRange {
  readonly low: number;
  readonly high: number;
  readonly scale: "linear" | "log" | "reverse log";
  /** True when zero makes sense besides the range: the thing is off. */
  readonly zero?: boolean;
}

/**
 * A usual range in the text form, for one option: within the bounds that its program states, and wide enough for its default,
 * which goes with it. Null when no range can hold the default, or nothing is left of it.
 */
export function rangeText(usual: UsualRange, option: ProgramOption): string | null {
  const value = typeof option.default === "number" ? option.default : null;
  const isInt = option.kind === "int";
  if (value !== null && isInt && value < 0 && usual.low >= 0) return besides(value, usual);
  const fitted = widened(offZero(usual, value, isInt), value);
  if (fitted === null) return null;
  const { low, high } = clamped(fitted, option.bounds);
  return written({ ...fitted, low, high }, value, isInt);
}

/** Zero as the default of a logarithmic range: besides it for floats, its beginning for whole numbers. */
function offZero(usual: UsualRange, value: number | null, isInt: boolean): UsualRange {
  if (isInt && (value === 0 || (usual.zero === true && usual.low < 1))) {
    return { low: Math.min(0, usual.low), high: usual.high, scale: "linear" };
  }
  return value === 0 && usual.scale === "log" ? { ...usual, zero: true } : usual;
}

function widened(usual: UsualRange, value: number | null): UsualRange | null {
  if (value === null || (value === 0 && usual.zero === true)) return usual;
  const { scale } = usual;
  let { low, high } = usual;
  if (scale === "log") {
    if (value <= 0) return null;
    if (value < low) low = value / 10;
    if (value > high) high = value * 10;
  } else if (scale === "reverse log") {
    if (value >= 1) return null;
    if (value < low) return { low: Math.min(0, value), high, scale: "linear" };
    if (value > high) high = Number((1 - (1 - value) / 10).toPrecision(12));
  } else {
    if (value < low) low = value >= 0 ? 0 : 2 * value;
    if (value > high) high = value > 0 ? 2 * value : 0;
  }
  return { ...usual, low, high };
}

function clamped({ low, high, scale }: UsualRange, bounds: ProgramOption["bounds"]) {
  if (bounds === null) return { low, high };
  const [least, most] = bounds;
  return { low: scale === "log" && least <= 0 ? low : Math.max(low, least), high: Math.min(high, most) };
}

function written({ low, high, scale, zero }: UsualRange, value: number | null, isInt: boolean): string | null {
  // Three digits of 0.9999 are 1.
  const text = scale === "reverse log" ? exactText : floatText;
  let from = isInt ? String(Math.ceil(low)) : text(low);
  let to = isInt ? String(Math.floor(high)) : text(high);
  // Rounded for the eye, a bound may have crossed the default.
  const off = zero === true && value === 0;
  if (value !== null && !off && value < Number(from)) from = isInt ? String(value) : exactText(value);
  if (value !== null && !off && value > Number(to)) to = isInt ? String(value) : exactText(value);
  const [bottom, top] = [Number(from), Number(to)];
  if (!(Number.isFinite(bottom) && Number.isFinite(top) && bottom < top)) return null;
  if ((scale === "log" && bottom <= 0) || (scale === "reverse log" && top >= 1)) return null;
  if (isInt && !(Number.isSafeInteger(bottom) && Number.isSafeInteger(top))) return null;
  const least = zero === true && !isInt ? "0 | " : "";
  const start = value === null ? "" : ` default ${value}`;
  return `${least}${from}..${to}${scale === "linear" ? "" : ` ${scale}`}${start}`;
}

/** A whole number below zero stands for "none" or "all": it is tried besides some of the range. */
function besides(value: number, { low, high, scale }: UsualRange): string | null {
  const from = Math.max(1, Math.ceil(low));
  const steps = [0, 1, 2, 3].map((step) =>
    Math.round(scale === "log" ? from * (high / from) ** (step / 3) : from + ((high - from) * step) / 3),
  );
  const values = [...new Set([value, ...steps])];
  return values.length < 3 ? null : `${values.join(" | ")} default ${value}`;
}

/** A number with a point or an exponent, which makes it a float, of three digits. */
export function floatText(value: number): string {
  return exactText(Number(value.toPrecision(3)));
}

function exactText(value: number): string {
  const text = value !== 0 && Math.abs(value) < 0.001 ? value.toExponential() : String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}
