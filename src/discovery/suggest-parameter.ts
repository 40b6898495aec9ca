import { formatTextValue } from "../space/text/format-parameter-text.ts";
import { BOOLEAN_HYPERPARAMETERS, HYPERPARAMETERS } from "./hyperparameter-table.ts";
import { around, KNOWN_RANGES, rangeText } from "./known-ranges.ts";
import { type ProgramOption, wordsOf } from "./program-option.ts";

/** What to do with an option: tune it over a range in the text form, offer that range, or leave the option alone; with the reason. */
export type Suggestion =
  | {
      readonly kind: "tune" | "offer";
      readonly range: string;
      readonly reason: string;
      /** True when nothing but its type and default is known, or its name speaks against it: for the user to take up, never by itself. */
      readonly isDoubtful?: boolean;
    }
  | { readonly kind: "leave"; readonly reason: string };

const SHARE = { low: 0, high: 1, scale: "linear" } as const;
/** Words that end a phrase. */
const STOP =
  /^(?:for|to|of|in|on|at|by|with|per|used?|is|are|and|or|that|which|when|before|after|if|as|than|default|during|between)$/;
const MOST_CHOICES = 12;
const MOST_OFFERED = 30;
const CHOICE =
  /(?:^|-)(?:optimizer|optimiser|optim|opt|activation|act|loss|kernel|scheduler|lr-scheduler|lr-scheduler-type|solver|criterion|booster|boosting|boosting-type|norm|init|initializer|pooling|arch|algorithm|tokenize|smooth-method|pool|penalty|weights|linkage|covariance-type|grow-policy|tree-method|sampling-method|bootstrap-type|nonlinearity|aggregation|aggr)$/;

/** Proposes how to search an option by its name, its default, and the bounds that its program states. */
export function suggestParameter(option: ProgramOption): Suggestion {
  const name = withoutDevices(wordsOf(option.called).join("-"));
  if (option.obstacle !== null) return { kind: "leave", reason: option.obstacle };
  if (option.many) return { kind: "leave", reason: "takes several values" };
  const row = HYPERPARAMETERS.find(({ names }) => names.some((known) => name === known || name.endsWith(`-${known}`)));
  const isNumber = option.kind === "int" || option.kind === "float";
  if (isNumber && option.numbered !== null && leaveAlone(name)?.isOffered !== false)
    return suggestNumbered(option, option.numbered);
  if (isNumber && row !== undefined) {
    const range = rangeText(row.range, option);
    if (range !== null && fitsKind(row.range.high, option)) return { kind: "tune", range, reason: row.about };
  }
  const objection = leaveAlone(name.length > 1 ? name : firstWords(option));
  if (objection?.isOffered === false) return { kind: "leave", reason: objection.reason };
  if (option.kind === "text") return { kind: "leave", reason: "a text: which there are is not known" };
  if (!isNumber && option.kind !== "boolean" && option.kind !== "choice")
    return { kind: "leave", reason: "of a type of the program's own" };
  const suggestion = objection !== null && isNumber ? suggestUnknown(option) : suggestByKind(option, name);
  if (objection === null || suggestion.kind === "leave") return suggestion;
  return { ...suggestion, kind: "offer", reason: objection.reason, isDoubtful: true };
}

/** A size for each of the devices that share the work is a size: `batch_size_per_gpu`, `per_device_train_batch_size`. */
function withoutDevices(name: string): string {
  const rest = name.replace(/(^|-)per-(?:gpu|device|node|cpu|core|worker|rank|replica|process|host)(?=-|$)/, "");
  return rest.replace(/^-/, "") || name;
}

function suggestByKind(option: ProgramOption, name: string): Suggestion {
  if (option.kind === "boolean") return suggestBoolean(option, name);
  return option.kind === "choice" ? suggestChoice(option, name) : suggestNumber(option, name);
}

/** What a letter alone is for stands at the beginning of its description, as far as its first phrase goes. */
function firstWords({ description }: ProgramOption): string {
  const words = wordsOf(description.split(/[.,;:()[\]]/)[0]!).slice(0, 6);
  const end = words.findIndex((word, at) => at >= 2 && STOP.test(word));
  return words.slice(0, end < 0 ? undefined : end).join("-");
}

/** A share is no whole number: a table that says 0 to 1 speaks of another option. */
function fitsKind(high: number, { kind }: ProgramOption): boolean {
  return kind !== "int" || high > 1;
}

function suggestNumber(option: ProgramOption, name: string): Suggestion {
  const few = listed(option);
  if (few !== null) return { kind: "offer", range: few, reason: "the numbers that the program lists" };
  for (const known of KNOWN_RANGES) {
    if (!known.name.test(name)) continue;
    const range = known.range(option);
    if (range === null) continue;
    // Many programs do not print their defaults; then the range is a usual one.
    const reason = option.default === null ? known.reason.replace(" around its default", "") : known.reason;
    return { kind: "tune", range, reason };
  }
  return suggestUnknown(option);
}

/** A number whose name says nothing: what the program states of it, or a range around its default. */
function suggestUnknown(option: ProgramOption): Suggestion {
  const stated = listed(option) ?? fromBounds(option);
  if (stated !== null) return { kind: "offer", range: stated, reason: "the range that the program states" };
  const value = Number(option.default);
  // A float that four times would take beyond 1 is rather a share than a size.
  const isShare = option.kind === "float" && value > 0.25 && value < 1;
  const range = isShare ? rangeText(SHARE, option) : value > 0 ? around(option, 4) : null;
  if (range !== null) return { kind: "offer", range, reason: "a range around its default" };
  const modest = modestRange(option);
  if (modest === null) return { kind: "leave", reason: "its range is not known" };
  const reason =
    option.default === null
      ? "no default is known: write the range that it may have"
      : "its scale is not known: write a range that suits it";
  return { kind: "offer", range: modest, reason, isDoubtful: true };
}

/** A few units from where the program's own bounds begin, or from zero. */
function modestRange(option: ProgramOption): string | null {
  const { bounds, kind, default: value } = option;
  const least = bounds !== null && Number.isFinite(bounds[0]) ? bounds[0] : kind === "int" && value === null ? 1 : 0;
  const high = kind === "int" ? (least <= 1 ? 10 : least + 10) : Math.max(least + 1, least * 2);
  return rangeText({ low: least, high, scale: "linear" }, option);
}

/** Numbers that stand for kinds are no scale: which may be tried only the user knows. */
function suggestNumbered(
  { default: value }: ProgramOption,
  numbered: NonNullable<ProgramOption["numbered"]>,
): Suggestion {
  const named = numbered.map(([number]) => number);
  const isKind = typeof value === "number" && Number.isInteger(value);
  // What is off is often left out of the list.
  const numbers = isKind && !named.includes(value) ? [value, ...named].toSorted((a, b) => a - b) : named;
  const start = isKind ? ` default ${value}` : "";
  const meanings = numbered.map(([number, meaning]) => `${number} ${meaning}`).join(", ");
  const range = `${numbers.length === 1 ? "| " : ""}${numbers.join(" | ")}${start}`;
  return { kind: "offer", range, reason: `which of these may be tried? ${meanings}` };
}

function suggestBoolean({ default: value }: ProgramOption, name: string): Suggestion {
  const range = `true | false${value === null ? "" : ` default ${value}`}`;
  const isKnown = BOOLEAN_HYPERPARAMETERS.test(name.replace(/^(?:no|use|with|without|enable|disable)-/, ""));
  return { kind: isKnown ? "tune" : "offer", range, reason: "on or off" };
}

function suggestChoice({ choices, default: value }: ProgramOption, name: string): Suggestion {
  if (choices.length > MOST_OFFERED) return { kind: "leave", reason: "too many choices to try all" };
  const words = choices.map((choice) => formatTextValue(choice));
  const chosen = value === null ? -1 : choices.indexOf(String(value));
  const range = `${words.length === 1 ? "| " : ""}${words.join(" | ")}${chosen < 0 ? "" : ` default ${words[chosen]}`}`;
  return { kind: CHOICE.test(name) && choices.length <= MOST_CHOICES ? "tune" : "offer", range, reason: "a choice" };
}

/** Numbers that the program lists: `{0,1}`, "0 or 1". */
function listed({ choices, description, kind, default: value }: ProgramOption): string | null {
  const texts =
    choices.length > 0
      ? choices
      : /\b(?:0 or 1|1 or 0)\b|\(0\/1\)/.test(description) && kind === "int"
        ? ["0", "1"]
        : [];
  const numbers = [...new Set(texts.map(Number))].filter((number) => Number.isFinite(number));
  if (numbers.length < 2 || numbers.length > MOST_CHOICES) return null;
  if (typeof value === "number" && !numbers.includes(value)) numbers.push(value);
  const written = numbers.map((number) =>
    kind === "float" && Number.isInteger(number) ? `${number}.0` : String(number),
  );
  return `${written.join(" | ")}${typeof value === "number" ? ` default ${value}` : ""}`;
}

function fromBounds(option: ProgramOption): string | null {
  const { bounds, default: value } = option;
  if (bounds === null || !bounds.every(Number.isFinite)) return null;
  const [low, high] = bounds;
  // A program that does not keep to its own bounds has stated something else.
  if (typeof value === "number" && (value < low || value > high)) return null;
  return rangeText({ low, high, scale: low > 0 && high / low >= 1000 ? "log" : "linear" }, option);
}

/** What a name says against searching an option, and whether its type and range may be offered all the same. */
interface Objection {
  readonly reason: string;
  readonly isOffered: boolean;
}

const SHOWN = "about what is shown";
/** Where the last word of a name is one of these it says what the option is, and the words before it only of what. */
const AMOUNT =
  /-(?:strength|jitter|prob|probability|scale|std|weight|coef|coeff|ratio|factor|alpha|beta|temperature|decay|init|dropout|penalty)$/;

/** Names (small words joined by `-`) that a study does not search, with the reason. */
const LEAVE: readonly (readonly [RegExp, string])[] = [
  [
    /(?:^|-)(?:seed|random-state)$|^(?:random-|rng-)?seeds$|(?:^|-)(?:rand|rnd|rng|random)seed$|^(?:random-|rng-|rnd-)?(?:seeds?|state)-(?:for|of|value|number|num|offset|everything|everywhere|to)(?:-|$)|(?:random|rng|rnd)-seed(?:-|$)/,
    "a seed: ${seed} gives each trial its own",
  ],
  [
    /^(?:(?:num|max|min|n|number-of|number)-)?(?:(?:train|training|total)-)?epochs?$|^(?:(?:max|min|total|train|training)-)+(?:iter|iters|iterations?|steps|updates|passes|time-?steps|timesteps)$/,
    "the length of training: costs time, so it stays fixed",
  ],
  [
    /(?:^|-)(?:threads?|nthreads?|workers?|jobs?|njobs?|processes|procs|concurrency|cpus?|gpus?|cuda|devices?|ranks?|nodes|local-rank|world-size|master|backend|pin-memory|prefetch|fp16|bf16|amp|half|compile|deterministic|tf32)(?:-|$)/,
    "a matter of speed, not of quality",
  ],
  [
    /(?:^|-)(?:port|host|hostname|fd|address|addr|ssl|tls|umask|user|username|group|pid|uid|gid|socket|protocol|url|uri|endpoint|proxy)$/,
    "about the machine",
  ],
  [
    /(?:^|-)(?:verbose|verbosity|verb|quiet|silent|log|logs|logging|loglevel|debug|print|report|progress|color|colour|colors|display|plot|wandb|mlflow|tensorboard|profile|trace|dry-run)(?:-|$)|(?:^|-)(?:fasta|lines?|page|text|column|table|output|align|alignment|terminal|row)-?(?:width|len)$/,
    SHOWN,
  ],
  [
    /(?:^|-)(?:files?|filename|filenames|paths?|dir|dirs|directory|folder|outdir|root|save|checkpoint|checkpoints|ckpt|resume|cache|cachesize|config|version|help|overwrite|output|outputs|input|inputs|dataset|data|format|prefix|suffix|encoding|delimiter|separator)$|^(?:save|checkpoint|resume|push-to-hub|hub|download)-|^(?:input|output|cache)-(?:name|type|mode|key|column|columns|every|freq|steps)$|^(?:input|output|recon)-(?:depth|csp|res|bits?)$/,
    "about files",
  ],
  [
    /(?:^|-)(?:timeout|wait|backlog|retries|tries|keepalive|expect|lim)(?:-|$)|(?:^|-)(?:time|mem|memory|cpu|ram|disk|core|rate|request|connection|conn)-?limits?(?:-|$)|(?:^|-)limit-(?:concurrency|max|request|rate|time|mem|memory|cpu|connections?)(?:-|$)/,
    "a limit of time or means, not a choice",
  ],
  [
    /(?:^|-)(?:eval|evaluate|evaluation|valid|validate|validation|val|test|testing|folds?|cv|cross-validation|holdout)(?:-|$)/,
    "about how the result is measured: changing it changes what is compared",
  ],
];

/** The same for names that may mean a hyperparameter as well: they are offered. */
const DOUBTFUL: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:(?:num|n|number-of|number)-)?(?:iter|iters|iterations?|steps|updates|passes|time-?steps|timesteps)$/,
    "costs time where it is the length of training: keep it fixed then",
  ],
  [
    /(?:^|-)(?:limits?|delay|duration|interval|patience|early-stop|early-stopping|early-stopping-rounds|period)(?:-|$)|-every$|^every-|(?:^|-)(?:freq|frequency)$/,
    "a limit or a rhythm: look whether results depend on it",
  ],
  [
    /(?:^|-)metrics?(?:-|$)/,
    "a distance that the program works with, or how its result is measured: that would change what is compared",
  ],
];

/** What speaks against searching an option of this name (small words joined by `-`); null when nothing does. */
function leaveAlone(name: string): Objection | null {
  const found = LEAVE.find(([pattern, reason]) => pattern.test(name) && !(reason === SHOWN && AMOUNT.test(name)));
  if (found !== undefined) return { reason: found[1], isOffered: false };
  const doubt = DOUBTFUL.find(([pattern]) => pattern.test(name));
  return doubt === undefined ? null : { reason: doubt[1], isOffered: true };
}
