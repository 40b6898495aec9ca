import type { ProgramOption } from "./program-option.ts";

/** A kind of parameter known by its name, and how it is usually searched around its default. */
interface KnownRange {
  /** Of names in small words joined by `-`. */
  readonly name: RegExp;
  readonly reason: string;
  /** Null when this option cannot be searched so. */
  readonly range: (option: ProgramOption) => string | null;
}

const MOMENTUM = /^(?:.*-momentum|momentum|ema|.*ema-decay|ema-.*|decay|.*-decay|rho|polyak)$/;

/** A letter alone says nothing. */
const KERNEL = /\bcosts?\b|\bC\b|regulari|penalty|gamma|kernel/i;

/** Kinds that no table of names can list, the more special first. */
export const KNOWN_RANGES: readonly KnownRange[] = [
  {
    name: /^(?:lr|learning-rate|learn-rate|eta|eta0|alpha|.*-lr|lr-.*[a-z]|.*-learning-rate|.*-learn-rate|learning-rate-init|step-size|stepsize)$/,
    reason: "a learning rate: on the logarithm around its default",
    range: (option) => (option.kind === "int" ? null : (decades(option, 2, 2, 1) ?? unknown(option, "1e-5..1e-1 log"))),
  },
  {
    name: /^(?:gamma)$/,
    reason: "close to 1: even on the logarithm of its distance from 1",
    range: (option) => (isShare(option, 0.9) ? nearOne(option) : null),
  },
  {
    name: /^(?:gamma)$/,
    reason: "on the logarithm",
    range: (option) => rangeText({ low: 1e-3, high: 10, scale: "log" }, option),
  },
  {
    name: /^(?:l1|l2|reg|.*-reg|reg-.*|l[12]-.*|.*-l[12]|.*-l[12]-(?:reg|penalty|weight)|regularization|regularisation|.*-regularization|lambda|lambda-.*|.*-lambda|penalty|.*weight-decay)$/,
    reason: "a regulariser: zero, or on the logarithm",
    range: (option) =>
      option.kind === "int" ? null : rangeText({ low: 1e-6, high: 0.1, scale: "log", zero: true }, option),
  },
  {
    name: /(?:^|-)(?:dropout|drop-rate|drop-prob|drop-path|dropouts?|pdrop)(?:-|$)/,
    reason: "a dropout rate",
    range: (option) =>
      rangeText({ low: 0, high: Number(option.default ?? 0) > 0.5 ? 0.9 : 0.5, scale: "linear" }, option),
  },
  {
    name: MOMENTUM,
    reason: "close to 1: even on the logarithm of its distance from 1",
    range: (option) => (isShare(option, 0.5) ? nearOne(option) : null),
  },
  {
    name: MOMENTUM,
    reason: "a share below 1",
    range: (option) => (option.kind === "float" ? rangeText({ low: 0, high: 0.99, scale: "linear" }, option) : null),
  },
  {
    name: /(?:^|-)(?:batch-size|batchsize|batch|bs|minibatch|mini-batch-size|train-batch-size)$/,
    reason: "a batch size: powers of two around its default",
    range: powersOfTwo,
  },
  {
    name: /(?:^|-)(?:temperature|temp)$/,
    reason: "a temperature",
    range: (option) => rangeText({ low: 0, high: 2, scale: "linear" }, option),
  },
  {
    name: /(?:^|-)(?:subsample|colsample|ratio|frac|fraction|prob|probability|nu|rate|share)(?:-|$)/,
    reason: "a share",
    range: (option) =>
      isShare(option, 0) || option.default === null ? rangeText({ low: 0.05, high: 1, scale: "linear" }, option) : null,
  },
  {
    name: /^(?:c|cost|g|svm-c)$/,
    reason: "of a kernel machine: on the logarithm",
    range: (option) =>
      option.kind === "float" && (option.called.length > 2 || KERNEL.test(option.description))
        ? rangeText({ low: 1e-3, high: 1e3, scale: "log" }, option)
        : null,
  },
  {
    name: /(?:^|-)(?:eps|epsilon|tol|tolerance|clip|grad-clip|max-grad-norm|grad-norm|clip-norm|max-norm)$/,
    reason: "on the logarithm around its default",
    range: (option) =>
      option.kind === "float" ? (decades(option, 2, 2, null) ?? unknown(option, "1e-5..1e-1 log")) : null,
  },
  {
    name: /(?:^|-)(?:n-estimators|num-trees|trees|ntrees|estimators|num-rounds|num-boost-round|rounds|num-leaves|leaves)$/,
    reason: "a count: on the logarithm around its default",
    range: (option) => around(option, 8),
  },
  {
    name: /(?:^|-)(?:hidden|hidden-size|hidden-dim|dim|dims|units|embed|embed-dim|embedding-dim|embedding-size|emb|emb-size|channels|neurons|hidden-units|d-model|width|vector-size|nhid|hid-dim|ffn-dim|n-embd|num-filters|filters|dim-feedforward|rank|latent-dim|z-dim)$/,
    reason: "a size: on the logarithm around its default",
    range: (option) => (option.kind === "int" ? around(option, 4) : null),
  },
  {
    name: /(?:^|-)(?:layers?|nlayers|num-layers|n-layers?|depth|max-depth|heads|nheads?|num-heads|n-heads?|blocks|degree|order|neg|negative|ws|window|ngrams?|grams|min-count|kernel-size|n-components|num-components|n-clusters|k-neighbors)$/,
    reason: "a small count around its default",
    range: smallCount,
  },
];

/** The usual range of what has no default that is known. */
function unknown({ default: value, bounds }: ProgramOption, range: string): string | null {
  return value === null && bounds === null ? range : null;
}

function isShare({ default: value, kind }: ProgramOption, least: number): boolean {
  return kind === "float" && typeof value === "number" && value >= least && value <= 1 && (least === 0 || value < 1);
}

function nearOne(option: ProgramOption): string | null {
  const high = Number(option.default) > 0.99 ? 0.9999 : 0.999;
  const low = Number(option.default) >= 0.9 && Number(option.default) > 0.99 ? 0.9 : 0.5;
  return rangeText({ low, high, scale: "reverse log" }, option);
}

/** `below` decades under the default to `above` over it, at most `most`. */
function decades(option: ProgramOption, below: number, above: number, most: number | null): string | null {
  const { default: value } = option;
  if (typeof value !== "number" || value < 0) return null;
  if (value === 0) return rangeText({ low: 1e-6, high: most ?? 1, scale: "log", zero: true }, option);
  const exponent = Math.floor(Math.log10(value) + 1e-9);
  if (exponent - below < -300 || exponent + above > 300) return null;
  const high = most === null || value > most ? exponent + above : Math.min(exponent + above, Math.log10(most));
  return rangeText({ low: Number(`1e${exponent - below}`), high: Number(`1e${high}`), scale: "log" }, option);
}

/** From a `factor`-th of the default to `factor` times it. */
export function around(option: ProgramOption, factor: number): string | null {
  const { default: value, kind } = option;
  if (typeof value !== "number" || value <= 0 || value > 1e300) return null;
  const isInt = kind === "int";
  const low = isInt ? Math.max(1, Math.round(value / factor)) : value / factor;
  const high = isInt ? Math.max(2, Math.round(value * factor)) : value * factor;
  return rangeText({ low, high, scale: !isInt || high / low >= 8 ? "log" : "linear" }, option);
}

function smallCount(option: ProgramOption): string | null {
  if (option.kind !== "int") return null;
  const middle = typeof option.default === "number" ? option.default : 3;
  if (middle > 50) return around(option, 4);
  return rangeText(
    { low: Math.min(1, Math.max(0, middle)), high: Math.max(2 * middle, middle + 3), scale: "linear" },
    option,
  );
}

function powersOfTwo({ default: value, kind, bounds }: ProgramOption): string | null {
  const given = value ?? 64;
  if (kind !== "int" || typeof given !== "number" || given < 1 || given > 1e9) return null;
  const power = 2 ** Math.round(Math.log2(given));
  const [least, most] = bounds ?? [1, Number.POSITIVE_INFINITY];
  const sizes = new Set([power / 4, power / 2, power, power * 2, power * 4, ...(value === null ? [] : [given])]);
  const inside = [...sizes].filter((size) => size >= Math.max(1, least) && size <= most).toSorted((a, b) => a - b);
  return inside.length < 2 ? null : `${inside.join(" < ")}${value === null ? "" : ` default ${value}`}`;
}

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
function floatText(value: number): string {
  return exactText(Number(value.toPrecision(3)));
}

function exactText(value: number): string {
  const text = value !== 0 && Math.abs(value) < 0.001 ? value.toExponential() : String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}
