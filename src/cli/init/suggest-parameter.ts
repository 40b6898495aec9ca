import { type HelpOption, wordsOf } from "./help-option.ts";

/** What to do with an option: tune it over a range in the text form, offer that range, or leave the option alone; with the reason. */
export type Suggestion =
  | { readonly kind: "tune" | "offer"; readonly range: string; readonly reason: string }
  | { readonly kind: "leave"; readonly reason: string };

/** A kind of parameter known by its name, and how it is usually searched. */
interface Known {
  readonly name: RegExp;
  readonly reason: string;
  /** The range around a default (null: unknown); null when this value cannot be searched so. */
  readonly range: (option: HelpOption) => string | null;
}

/** Names joined by `-`, so that `maxDepth`, `max_depth` and `max-depth` are one. */
const LEAVE: readonly (readonly [RegExp, string])[] = [
  [/(?:^|-)(?:seed|random-state|rnd-seed)(?:-|$)/, "a seed: ${seed} gives each trial its own"],
  [
    /^(?:(?:num|max|min|n)-)?(?:epochs?|iter|iters|iterations?|steps|max-steps|num-steps|updates)$/,
    "the length of training: costs time, so it stays fixed",
  ],
  [
    /(?:^|-)(?:threads?|workers?|jobs?|processes|procs|concurrency|cpus?|gpus?|devices?|ranks?|nodes)(?:-|$)/,
    "a matter of speed, not of quality",
  ],
  [
    /(?:^|-)(?:port|host|fd|address|addr|ssl|tls|umask|user|group|pid|uid|gid|socket|protocol)(?:-|$)/,
    "about the machine",
  ],
  [
    /(?:^|-)(?:verbose|verbosity|verb|quiet|log|logging|loglevel|debug|print|report|progress|color|colour|display|width)(?:-|$)/,
    "about what is shown",
  ],
  [
    /(?:^|-)(?:file|path|dir|directory|folder|output|input|save|checkpoint|resume|cache|config|version|help)(?:-|$)/,
    "about files",
  ],
  [
    /(?:^|-)(?:timeout|limit|lim|wait|delay|interval|duration|backlog|retries|tries|keepalive|expect)(?:-|$)/,
    "a limit, not a choice",
  ],
  [
    /(?:^|-)(?:eval|evaluation|valid|validation|test|folds?)(?:-|$)/,
    "about how the result is measured: changing it changes what is compared",
  ],
];

const MOMENTUM = /^(?:momentum|.*-momentum|beta-?[12]|adam-beta-?[12]|.*-decay|ema|decay|rho)$/;

const KNOWN: readonly Known[] = [
  {
    name: /^(?:lr|learning-rate|eta|eta0|alpha|.*-lr|.*-learning-rate|learning-rate-init|step-size)$/,
    reason: "a learning rate: on the logarithm around its default",
    range: (option) => decades(option, 2, 2, 1),
  },
  {
    name: /^(?:weight-decay|wd|l1|l2|reg|.*-reg|reg-.*|l[12]-.*|regularization|lambda|reg-lambda|reg-alpha|penalty)$/,
    reason: "a regulariser: zero, or on the logarithm",
    range: ({ default: value }) => withDefault("0 | 1e-6..1e-1 log", value, (n) => n === 0 || (n >= 1e-6 && n <= 0.1)),
  },
  {
    name: /(?:^|-)(?:dropout|drop-rate|drop-prob|drop-path)(?:-|$)/,
    reason: "a dropout rate",
    range: ({ default: value }) =>
      withDefault(`0..${Number(value ?? 0) > 0.5 ? "0.9" : "0.5"}`, value, (n) => n >= 0 && n <= 0.9),
  },
  {
    name: MOMENTUM,
    reason: "close to 1: even on the logarithm of its distance from 1",
    range: ({ default: value }) =>
      typeof value === "number" && value >= 0.5 && value < 1
        ? withDefault(`0.5..${value > 0.99 ? "0.9999" : "0.999"} reverse log`, value, () => true)
        : null,
  },
  {
    name: MOMENTUM,
    reason: "a share below 1",
    range: ({ default: value }) => withDefault("0..0.99", value, (n) => n >= 0 && n <= 0.99),
  },
  {
    name: /(?:^|-)(?:batch-size|batchsize|batch|bs|minibatch|mini-batch-size)$/,
    reason: "a batch size: powers of two around its default",
    range: batchSizes,
  },
  {
    name: /(?:^|-)(?:label-smoothing|smoothing|warmup-ratio|warmup-frac)$/,
    reason: "a small share",
    range: ({ default: value }) => withDefault("0..0.3", value, (n) => n >= 0 && n <= 0.3),
  },
  {
    name: /(?:^|-)(?:temperature|temp)$/,
    reason: "a temperature",
    range: ({ default: value }) => withDefault("0.0..2.0", value, (n) => n >= 0 && n <= 2),
  },
  {
    name: /(?:^|-)(?:subsample|colsample|colsample-bytree|top-p|max-features|feature-fraction|bagging-fraction|ratio|frac|fraction|prob|probability|nu)(?:-|$)/,
    reason: "a share",
    range: ({ default: value }) => withDefault("0.05..1.0", value, (n) => n >= 0.05 && n <= 1),
  },
  {
    name: /^(?:c|cost|gamma|g|svm-c)$/,
    reason: "of a kernel machine: on the logarithm",
    range: ({ default: value }) => withDefault("1e-3..1e3 log", value, (n) => n >= 1e-3 && n <= 1e3),
  },
  {
    name: /(?:^|-)(?:eps|epsilon|clip|grad-clip|max-grad-norm|grad-norm|clip-norm)$/,
    reason: "on the logarithm around its default",
    range: (option) => decades(option, 2, 2, null),
  },
  {
    name: /(?:^|-)(?:n-estimators|num-trees|trees|estimators|num-rounds|num-boost-round|rounds|num-leaves|leaves)$/,
    reason: "a count: on the logarithm around its default",
    range: (option) => around(option, 8),
  },
  {
    name: /(?:^|-)(?:hidden|hidden-size|hidden-dim|dim|units|embed|embed-dim|emb|channels|neurons|hidden-units|d-model|width|vector-size|size)$/,
    reason: "a size: on the logarithm around its default",
    range: (option) => around(option, 4),
  },
  {
    name: /(?:^|-)(?:layers?|num-layers|n-layers|depth|max-depth|heads|num-heads|blocks|degree|order|neg|negative|ws|window|ngrams?|grams|min-count)$/,
    reason: "a small count around its default",
    range: smallCount,
  },
];
const CHOICE =
  /(?:^|-)(?:optimizer|optimiser|opt|activation|act|loss|kernel|scheduler|lr-scheduler|solver|criterion|booster|norm|init|pooling|arch|model|algorithm|preset|tokenize|smooth-method|pool)$/;

/** Proposes how to search an option by its name, its default, and the bounds that the help states. */
export function suggestParameter(option: HelpOption): Suggestion {
  const name = wordsOf(option.flag).join("-");
  for (const [pattern, reason] of LEAVE) if (pattern.test(name)) return { kind: "leave", reason };
  if (option.kind === "choice") return suggestChoice(option, name);
  if (option.kind !== "int" && option.kind !== "float") return { kind: "leave", reason: "not a number" };
  for (const known of KNOWN) {
    if (!known.name.test(name)) continue;
    const range = known.range(option);
    if (range === null) continue;
    // Many programs do not print their defaults; then the range is a usual one.
    const reason = option.default === null ? known.reason.replace(" around its default", "") : known.reason;
    return { kind: "tune", range, reason };
  }
  const range = listed(option) ?? fromBounds(option) ?? (Number(option.default) > 0 ? around(option, 4) : null);
  if (range === null) return { kind: "leave", reason: "its range is not known" };
  return {
    kind: "offer",
    range,
    reason: option.bounds === null ? "a range around its default" : "the range that the help states",
  };
}

function suggestChoice({ choices, default: value }: HelpOption, name: string): Suggestion {
  if (choices.length > 8) return { kind: "leave", reason: "too many choices to guess" };
  const words = choices.map((choice) => (/^[A-Za-z_][\w-]*$/.test(choice) ? choice : JSON.stringify(choice)));
  const range = `${words.join(" | ")}${value === null ? "" : ` default ${words[choices.indexOf(String(value))]}`}`;
  return CHOICE.test(name) ? { kind: "tune", range, reason: "a choice" } : { kind: "offer", range, reason: "a choice" };
}

/** Numbers that the help lists: `{0,1}`, "0 or 1". */
function listed({ choices, description, kind, default: value }: HelpOption): string | null {
  const numbers =
    choices.length > 0 ? choices.map(Number) : /\b0 or 1\b/.test(description) && kind === "int" ? [0, 1] : [];
  return numbers.length === 0 ? null : withDefault(numbers.join(" | "), value, (n) => numbers.includes(n));
}

/** `below` decades under the default to `above` over it, at most `most`. */
function decades(option: HelpOption, below: number, above: number, most: number | null): string | null {
  const { default: value, bounds, kind } = option;
  if (value === null) return most === 1 ? "1e-5..1e-1 log" : null;
  if (typeof value !== "number" || value <= 0) return null;
  if (kind === "int" || (most !== null && value > most)) return around(option, 10);
  const exponent = Math.floor(Math.log10(value) + 1e-9);
  const high = Math.min(exponent + above, most === null ? 300 : 0);
  const top = bounds !== null && bounds[1] > value ? Math.min(high, Math.floor(Math.log10(bounds[1]))) : high;
  const bottom = Math.max(-300, exponent - below);
  return bottom < top ? withDefault(`1e${bottom}..${plain(top)} log`, value, (n) => n <= Number(`1e${top}`)) : null;
}

function plain(exponent: number): string {
  return exponent === 0 ? "1.0" : `1e${exponent}`;
}

function around({ default: value, kind, bounds }: HelpOption, factor: number): string | null {
  if (typeof value !== "number" || value <= 0) return null;
  const low = Math.max(value / factor, bounds !== null && bounds[0] < value ? bounds[0] : 0);
  const high = Math.min(value * factor, bounds !== null && bounds[1] > value ? bounds[1] : Number.POSITIVE_INFINITY);
  const isInt = kind === "int";
  const from = isInt ? String(Math.max(1, Math.round(low))) : float(low);
  const to = isInt ? String(Math.max(2, Math.round(high))) : float(high);
  const [bottom, top] = [Number(from), Number(to)];
  if (!(bottom > 0 && bottom < top && top < Number.POSITIVE_INFINITY)) return null;
  const log = !isInt || top / bottom >= 8 ? " log" : "";
  return withDefault(`${from}..${to}${log}`, value, (n) => n >= bottom && n <= top);
}

function smallCount({ default: value, kind, bounds }: HelpOption): string | null {
  if (kind !== "int") return null;
  const middle = typeof value === "number" ? value : 3;
  const low = Math.max(bounds?.[0] ?? 0, Math.min(1, middle));
  const high = Math.min(bounds?.[1] ?? Number.POSITIVE_INFINITY, Math.max(2 * middle, middle + 3));
  return low < high ? withDefault(`${low}..${high}`, value, (n) => n >= low && n <= high) : null;
}

function batchSizes({ default: value }: HelpOption): string | null {
  const given = value ?? 64;
  if (typeof given !== "number" || given < 1 || given > 1e9) return null;
  const power = 2 ** Math.round(Math.log2(given));
  const sizes = [power / 4, power / 2, power, power * 2, power * 4].filter((size) => size >= 1);
  return withDefault(sizes.join(" < "), value, (n) => sizes.includes(n));
}

function fromBounds({ bounds, kind, default: value }: HelpOption): string | null {
  if (bounds === null) return null;
  const [low, high] = bounds;
  const write = kind === "int" ? (n: number) => String(n) : float;
  if (kind === "int" && !(Number.isInteger(low) && Number.isInteger(high))) return null;
  const wide = low > 0 && high / low >= 1000;
  return withDefault(`${write(low)}..${write(high)}${wide ? " log" : ""}`, value, (n) => n >= low && n <= high);
}

/** The default goes with the range when it lies in it: the first trial takes it. */
function withDefault(range: string, value: number | string | null, fits: (n: number) => boolean): string {
  return typeof value === "number" && fits(value) ? `${range} default ${value}` : range;
}

function float(value: number): string {
  const text = String(Number(value.toPrecision(3)));
  return /[.e]/.test(text) ? text : `${text}.0`;
}
