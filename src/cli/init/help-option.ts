import type { HelpEntry } from "./split-help.ts";
import { splitHelp } from "./split-help.ts";

/** What an option takes. */
export type HelpKind = "int" | "float" | "choice" | "text" | "switch";

/** An option of a program, as far as its help tells. */
export interface HelpOption {
  /** The spelling to use: the longest. */
  readonly flag: string;
  readonly flags: readonly string[];
  readonly kind: HelpKind;
  /** A number for numbers, one of the choices for a choice; null when the help names none. */
  readonly default: number | string | null;
  readonly choices: readonly string[];
  /** Bounds that the help states, or null. */
  readonly bounds: readonly [number, number] | null;
  readonly joined: boolean;
  readonly negatable: boolean;
  readonly description: string;
}

const NUMBER = String.raw`[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?`;
/** Not the beginning of something else: 1/n, 127.0.0.1, 10MB, 2-3. */
const NUMBER_END = String.raw`(?![\w/%]|[.,:-]\d)`;
const DEFAULT = new RegExp(
  String.raw`\bdefaults?(?:\s+value)?\s*(?:is|to|of|:|=)?\s*(?:[a-z]\s*=\s*)?["'\x60]?(${NUMBER})(?:(?:s|ms)\b)?${NUMBER_END}`,
  "gi",
);
const DEFAULT_WORD = /\bdefaults?(?:\s+value)?\s*(?:is|to|:|=)\s*["'`]?([\w.-]+)/i;
const IN_BRACKETS = new RegExp(String.raw`\[(${NUMBER})\]\s*(?:$|[.;-]|\D{0,2}\d+[:=]|[a-z]|#)`, "i");
const RANGES = [
  new RegExp(String.raw`[[(]\s*(${NUMBER})\s*\.\.\s*(${NUMBER})\s*[\])]`),
  new RegExp(String.raw`[[(]\s*(${NUMBER})\s*(?:-|–|to|<=x<=)\s*(${NUMBER})(?=[\s,;:)\]/])`),
  new RegExp(String.raw`\(\s*(${NUMBER})\s*[:=][^()]*?\.\.+\s*(${NUMBER})\s*[:=)]`),
  new RegExp(String.raw`\(\s*(${NUMBER})[=:][^(),]*,\s*(${NUMBER})[=:]`),
  new RegExp(String.raw`\[\s*(${NUMBER})\s*<=\s*x\s*<=\s*(${NUMBER})\s*\]`),
  new RegExp(String.raw`\b(?:between|from)\s+(${NUMBER})\s+(?:and|to)\s+(${NUMBER})${NUMBER_END}`),
];

const INT_METAVAR =
  /^(?:n|k|#|nums?|numbers?|ints?|integers?|u?int(?:8|16|32|64)|count|jobs|threads|port(?: number)?|pixels|bytes|size|offset|limit)$/;
const FLOAT_METAVAR =
  /^(?:floats?|doubles?|reals?|float(?:32|64)|n\.nnn|secs?|seconds|ratio|prob(?:ability)?|percent|rate)$/;
const TEXT_METAVAR =
  /^(?:texts?|strings?|str|file|files|filename|path|paths|dir|directory|folder|name|url|uri|host|hostname|ip|address|user|group|env|date|format|fmt|type|mode|command|lang|level|regex|pattern|patterns|globs?|key|bool(?:ean)?|list|json|model|errors|hex|prefix|suffix|.*(?:file|path|dir|name|addr|fmt|format))$/;
/** Words of names whose values are counted. */
const COUNTED =
  /^(?:threads?|jobs?|workers?|processes|procs|num|n|max|min|count|size|length|len|width|height|depth|layers?|epochs?|iters?|iterations?|steps?|batch|seed|port|limit|complexity|concurrency|retries|tries|multiplier|passes|timeout|memlimit|level|folds?|dpi|backlog)$/;
const COUNTED_TEXT =
  /^(?:(?:the |use |set )*(?:maximum |minimum |max |min )?number of|use at most \w+|n-fold|mccabe complexity|maximum |minimum |.*\bthreshold\b|the smoothing value|how many)/i;
/** Words of names whose values are no whole numbers, whatever their default looks like. */
const CONTINUOUS =
  /^(?:lr|eta|learning|alpha|beta[12]?|gamma|lambda|cost|penalty|dropout|momentum|decay|eps(?:ilon)?|tol(?:erance)?|ratio|frac(?:tion)?|prob(?:ability)?|temperature|threshold|weight|strength|scale|margin|smoothing|coef0?|bias|nu|c|l1|l2|reg)$/;

/** Reads the options from a program's help text. */
export function readHelp(text: string): readonly HelpOption[] {
  const seen = new Map<string, HelpOption>();
  for (const entry of splitHelp(text)) {
    const option = toOption(entry);
    const before = seen.get(option.flag);
    // A usage line names options before their descriptions do.
    if (before === undefined || before.description.length < option.description.length) seen.set(option.flag, option);
  }
  return [...seen.values()];
}

function toOption(entry: HelpEntry): HelpOption {
  const { flags, metavar, joined, negatable, description } = entry;
  const flag = preferred(flags);
  const found = defaultOf(description);
  const choices = choicesOf(metavar, description);
  const numericChoices = choices.length > 0 && choices.every((choice) => isNumber(choice));
  const kind = kindOf({ flag, metavar, negatable, description, found, choices, numericChoices });
  const isNumeric = kind === "int" || kind === "float";
  const word = DEFAULT_WORD.exec(description)?.[1] ?? null;
  const value = isNumeric ? found.value : kind === "choice" && word !== null && choices.includes(word) ? word : null;
  const bounds = isNumeric ? boundsOf(description) : null;
  return {
    flag,
    flags,
    kind,
    default: value,
    choices: isNumeric && !numericChoices ? [] : choices,
    bounds,
    joined,
    negatable,
    description,
  };
}

interface Evidence {
  readonly flag: string;
  readonly metavar: string | null;
  readonly negatable: boolean;
  readonly description: string;
  readonly found: FoundDefault;
  readonly choices: readonly string[];
  readonly numericChoices: boolean;
}

function kindOf(evidence: Evidence): HelpKind {
  const { metavar, negatable, found, choices, numericChoices, description, flag } = evidence;
  if (negatable) return "switch";
  if (metavar === null) return found.text !== null && !/\d+$/.test(flag) ? numberKind(evidence) : "switch";
  if (metavar === "") return "text";
  const words = metavar
    .replace(/[<>[\]"]/g, "")
    .toLowerCase()
    .trim();
  const [first = words] = words.split(/ or | range|\|/);
  if (choices.length > 0 && !numericChoices && !FLOAT_METAVAR.test(first)) return "choice";
  if (numericChoices) return choices.some((choice) => /[.e]/i.test(choice)) ? "float" : "int";
  if (FLOAT_METAVAR.test(first)) return "float";
  if (INT_METAVAR.test(first))
    return /^(?:n|k|#|nums?|numbers?|size|limit)$/.test(first) ? numberKind(evidence) : "int";
  if (found.text !== null && !/^(?:user|group|.*addr|host.*|ip|bool(?:ean)?)$/.test(words)) return numberKind(evidence);
  if (TEXT_METAVAR.test(words)) return "text";
  const named =
    wordsOf(flag).some((word) => COUNTED.test(word)) || wordsOf(words).some((word) => CONTINUOUS.test(word));
  return named || COUNTED_TEXT.test(description) ? numberKind(evidence) : "text";
}

function numberKind({ flag, metavar, found, description }: Evidence): "int" | "float" {
  if (found.text !== null && /[.e]/i.test(found.text)) return "float";
  // `lr` is a rate by itself or at the end; `lr-update-rate` counts.
  const names = [...wordsOf(flag), ...wordsOf(metavar ?? "")].filter(
    (word, at, all) => word !== "lr" || at === all.length - 1,
  );
  if (names.some((word) => CONTINUOUS.test(word) && !(word === "n" || COUNTED.test(word)))) return "float";
  // `(2.5, 5, 10)`, `9.999=smaller`: values with a point among the examples.
  return /(?<![\d.])\d+\.\d+(?![.\d])(?=[,=) ])/.test(description.replace(/\bv?\d+\.\d+\.\d+\S*/g, ""))
    ? "float"
    : "int";
}

/** A default that is a number, as it is written; null when there is none, or several that differ. */
interface FoundDefault {
  readonly text: string | null;
  readonly value: number | null;
}

function defaultOf(description: string): FoundDefault {
  const all = Array.from(description.matchAll(DEFAULT), ([, text]) => text!);
  const distinct = new Set(all.map(Number));
  if (distinct.size > 1) {
    const bracketed = /[[(]\s*defaults?\s*[:=]?\s*([^\])\s]+)\s*[\])]/i.exec(description)?.[1];
    return distinct.size === 2 &&
      bracketed !== undefined &&
      isNumber(bracketed) &&
      !/\(default/i.test(description.replace(/\(default[^)]*\)/i, ""))
      ? { text: bracketed, value: Number(bracketed) }
      : { text: all[0]!, value: null };
  }
  const text = all[0] ?? IN_BRACKETS.exec(description)?.[1] ?? null;
  return { text, value: text === null ? null : Number(text) };
}

function choicesOf(metavar: string | null, description: string): readonly string[] {
  const braces = metavar === null ? null : /^[{[<]([^}\]>]+[|,][^}\]>]+)[}\]>]$/.exec(metavar);
  const listed = braces?.[1] ?? (metavar === null ? null : (POSSIBLE.exec(description)?.[1] ?? null));
  if (listed === null) return [];
  const choices = listed
    .replace(/,\s*default:.*$/, "")
    .split(/[|,]/)
    .map((choice) => choice.trim().replace(/^["']|["']$/g, ""));
  return choices.every((choice) => /^[\w.+-]+$/.test(choice)) && choices.length > 1 ? choices : [];
}

const POSSIBLE = /(?:\[possible values: |\(choices: |\{)([^\])}]+)[\])}]/i;

function boundsOf(description: string): readonly [number, number] | null {
  for (const range of RANGES) {
    const match = range.exec(description);
    if (match === null) continue;
    const [low, high] = [Number(match[1]), Number(match[2])];
    if (low < high) return [low, high];
  }
  return null;
}

function preferred(flags: readonly string[]): string {
  const long = flags.filter((flag) => flag.startsWith("--"));
  return (long[0] ?? flags.toSorted((a, b) => b.length - a.length)[0]!).replace(/\[no-?\]/, "");
}

/** The words of a name: `maxDepth`, `max-depth`, `MAX_DEPTH`. */
export function wordsOf(name: string): readonly string[] {
  const spaced = name.replace(/^-+/, "").replace(/([a-z])([A-Z])/g, "$1 $2");
  return spaced
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}

function isNumber(text: string): boolean {
  return new RegExp(`^${NUMBER}$`).test(text.trim());
}
