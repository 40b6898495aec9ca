import { NUMBER, numberIn } from "../space/number-text.ts";
import { type ListedValue, listedChoices, numberedKinds, statedBounds, usageValues } from "./help-values.ts";
import { type BooleanWriting, type OptionKind, type ProgramOption, wordsOf } from "./program-option.ts";
import { type HelpEntry, namesNoValues, splitHelp, withUnnamedValue } from "./split-help.ts";

/** Not the beginning of something else: 1/n, 127.0.0.1, 10MB, 2-3. */
const NUMBER_END = String.raw`(?![\w/%]|[.,:-]\d|-[a-z]{2})`;
/** With the slips that help texts are known for. */
const DEFAULT_SPELLED = "(?:defaults?|defauts?|defualts?|deafults?)";
const DEFAULT = new RegExp(
  String.raw`(?<!\bby )\b${DEFAULT_SPELLED}(?:\s+value|(?<of>(?:\s+[a-z]+){1,3})(?=\s+is\s))?\s*(?:is|to|of|:|=)?\s*(?:[a-z]\s*=\s*)?["'\x60]?(?<value>${NUMBER})(?:(?:s|ms)\b)?${NUMBER_END}`,
  "gi",
);
const DEFAULT_WORD =
  /\bdefaults?(?:\s+value\b(?=\s+["'`])|(?:\s+value)?\s*(?:is|to|:|=))\s*["'`]?([\w./+-]*[\w/+])|[[(]defaults?\s+["'`]?([\w./+-]+)["'`]?[\])]/i;
/** `4=default`, `5 (default)`, `30 by default`. */
const BEHIND = new RegExp(String.raw`(?<![\w.])(${NUMBER})\s*(?:=\s*|[[(]\s*|by\s+|is\s+(?:the\s+)?)default\b`, "i");
const IN_BRACKETS = new RegExp(String.raw`\[(${NUMBER})\]\s*(?:$|[.;-]|\D{0,2}\d+[:=]|[a-z]|#|\()`, "i");
/** `number of layers (15)`: at the very end. */
const LAST = new RegExp(String.raw`\((${NUMBER})\)\.?$`);
/** `interval between seeds (S,1,1.15)`. */
const TEXT_LAST = /\(([^\s()<>=]*\d[^\s()<>=]*)\)\.?$/;
const INT_METAVAR =
  /^(?:n|k|#+|nums?|numbers?|ints?|integers?|u?int(?:8|16|32|64)|count|jobs|threads|port(?: number)?|pixels|bytes|size|offset|limit|n+|int+eger)$/;
const BOOL = /^<?bool(?:ean)?>?$/i;
const FLOAT_METAVAR =
  /^(?:floats?|doubles?|reals?|float(?:32|64)|n\.nnn|##+\.#+|secs?|seconds|ratio|prob(?:ability)?|percent|rate|tol(?:erance)?|numeric|eps(?:ilon)?|n?\.n+)$/;
const TEXT_METAVAR =
  /^(?:s|func|function|expr|texts?|strings?|str|file|files|filename|path|paths|dir|directory|folder|name|url|uri|host|hostname|ip|address|user|group|env|date|format|fmt|type|mode|command|lang|level|regex|pattern|patterns|globs?|key|bool(?:ean)?|list|json|model|errors|hex|prefix|suffix|.*(?:file|path|dir|name|addr|fmt|format))$/;
/** Names of values that say of which type they are at most. */
const SAYS_NOTHING =
  /^(?:val|vals|value|num|number|int|integer|float|double|real|string|str|text|arg|argument|param|bool|opt|option)$/;
/** Characters of a description. */
const LONGEST = 2_000;
/** Words of names whose values are counted. */
const COUNTED =
  /^(?:threads?|jobs?|workers?|processes|procs|num|n|max|min|count|size|length|len|width|height|depth|layers?|epochs?|iters?|iterations?|steps?|batch|seed|port|limit|complexity|concurrency|retries|tries|multiplier|passes|timeout|memlimit|level|folds?|dpi|backlog)$/;
const COUNTED_TEXT =
  /^(?:(?:the |use |set )*(?:maximum |minimum |max |min )?number of|use at most \w+|n-fold|mccabe complexity|maximum |minimum |.*\bthreshold\b|the smoothing value|how many)/i;
/** Words of names whose values are no whole numbers, whatever their default looks like. */
const CONTINUOUS =
  /^(?:lr|eta|learning|alpha|beta[12]?|gamma|lambda|cost|penalty|dropout|momentum|decay|eps(?:ilon)?|tol(?:erance)?|ratio|frac(?:tion)?|prob(?:ability)?|temperature|threshold|weight|strength|scale|margin|smoothing|coef0?|bias|nu|c|l1|l2|reg)$/;

/** Reads the options from a program's help text. */
export function readHelp(text: string): readonly ProgramOption[] {
  const seen = new Map<string, ProgramOption>();
  const values = usageValues(text);
  const split = splitHelp(text).map((entry) => withValue(shortened(entry), values));
  const entries = namesNoValues(split) ? split.map(withUnnamedValue) : split;
  const style = entries.filter(isBracketed).length >= 3;
  for (const entry of entries) {
    const read = toOption(style ? bracketed(entry) : entry);
    const option =
      entry.condition === null ? read : { ...read, description: `${entry.condition}: ${read.description}` };
    if (/^--?(?:help|h|version)$/.test(option.flag) && option.kind === "boolean") continue;
    const before = seen.get(option.flag);
    // A usage line names options before their descriptions do.
    if (before === undefined || before.description.length < option.description.length) seen.set(option.flag, option);
  }
  return [...seen.values()];
}

/** No option is described at such length: what is longer is no help, and is looked through again and again. */
function shortened(entry: HelpEntry): HelpEntry {
  const { description } = entry;
  return description.length <= LONGEST ? entry : { ...entry, description: description.slice(0, LONGEST) };
}

/** What the description leaves unnamed the usage line may name. */
function withValue(entry: HelpEntry, values: ReadonlyMap<string, string>): HelpEntry {
  if (entry.metavar !== null || entry.negatable) return entry;
  const value = entry.flags.map((flag) => values.get(flag)).find((one) => one !== undefined);
  return value === undefined ? entry : { ...entry, metavar: value };
}

const TRAILING = /\s\[([^[\]]*)\](?:\s*\([^()]*\))?$/;

/** Programs that write each default at the end, `loss function {ns, hs} [ns]`, and no name for the value. */
function isBracketed({ metavar, description }: HelpEntry): boolean {
  return metavar === null && TRAILING.test(description);
}

function bracketed(entry: HelpEntry): HelpEntry {
  if (entry.metavar !== null) return entry;
  const value = TRAILING.exec(entry.description)?.[1];
  // Of several flags the one that is in force without any.
  if (value === "default") return entry;
  // What has no default there may be a flag, unless it speaks of a file.
  if (value === undefined)
    return /\b(?:file|path|folder|directory)\b/.test(entry.description) ? { ...entry, metavar: "file" } : entry;
  const choices = /\{([\w.+-]+(?:,\s*[\w.+-]+)+)\}/.exec(entry.description)?.[1];
  const word = /^(?:true|false)$/i.test(value) ? "BOOL" : "text";
  const metavar = choices !== undefined ? `{${choices}}` : numberIn(value) !== null ? "value" : word;
  const words = entry.description.replace(TRAILING, "");
  return { ...entry, metavar, description: value === "" ? words : `${words} (default: ${value})` };
}

function toOption(entry: HelpEntry): ProgramOption {
  const { flags, metavar, joined, negatable, description } = entry;
  const flag = preferred(flags);
  const listed = metavar === null || metavar === "" ? [] : entry.listed;
  const found = markedDefault(listed) ?? defaultOf(entry, flag);
  const said = DEFAULT_WORD.exec(description);
  const word = listed.find(({ isDefault }) => isDefault)?.value ?? said?.[1] ?? said?.[2] ?? null;
  const choices = choicesOf({ metavar, description, word, listed });
  const numericChoices = choices.length > 0 && choices.every((choice) => numberIn(choice) !== null);
  const kind = kindOf({ flag, metavar, negatable, description, found, choices, numericChoices });
  const isNumeric = kind === "int" || kind === "float";
  const boolean = kind === "boolean" ? writingOf(entry, flag) : null;
  return {
    flag,
    flags: flags.map((spelling) => spelling.replace(/\[no-?\]/, "")),
    called:
      /^-\w$/.test(flag) && metavar !== null && /^[a-z][\w-]{2,}$/.test(metavar) && !SAYS_NOTHING.test(metavar)
        ? metavar
        : flag,
    kind,
    boolean,
    default: isNumeric ? found.value : defaultWord({ kind, word, entry, boolean, choices }),
    choices: isNumeric && !numericChoices ? [] : choices,
    numbered: kind === "int" ? (numberedKinds(description) ?? numberedValues(listed)) : null,
    bounds: isNumeric ? statedBounds(description, kind === "int") : null,
    joined,
    many: metavar === "",
    description,
    obstacle: null,
    place: null,
    behind: 0,
    shown: word,
  };
}

/** The number that a list below the option marks as the default. */
function markedDefault(listed: readonly ListedValue[]): FoundDefault | null {
  const marked = listed.find(({ isDefault }) => isDefault)?.value;
  const value = numberIn(marked);
  return marked === undefined || value === null ? null : { text: marked, value };
}

function numberedValues(listed: readonly ListedValue[]): ProgramOption["numbered"] {
  const isCounted = listed.length > 1 && listed.every(({ value }) => /^-?\d{1,2}$/.test(value));
  return isCounted ? listed.map(({ value, meaning }) => [Number(value), meaning.slice(0, 40)] as const) : null;
}

interface WordDefault {
  readonly kind: OptionKind;
  readonly word: string | null;
  readonly entry: HelpEntry;
  readonly boolean: BooleanWriting | null;
  readonly choices: readonly string[];
}

function defaultWord({ kind, word, entry, boolean, choices }: WordDefault): string | boolean | null {
  if (kind === "boolean") return isOn(word, entry, boolean);
  if (kind === "text") return textDefault(word ?? TEXT_LAST.exec(entry.description)?.[1] ?? null);
  const bracketed = Array.from(entry.description.matchAll(/\[([\w.+-]+)\]/g), ([, inside]) => inside!);
  const said = word === null ? bracketed : [word];
  return choices.find((choice) => said.some((one) => same(choice, one))) ?? null;
}

function textDefault(word: string | null): string | null {
  return word === null || /^(?:none|off|not|no|stdin|stdout|optional|required)$/i.test(word) ? null : word;
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function writingOf({ flags, negatable, metavar }: HelpEntry, flag: string): BooleanWriting {
  if (metavar !== null && BOOL.test(metavar)) return { kind: "word", on: "true", off: "false" };
  if (!negatable) return { kind: "flag" };
  const off = flags.find((spelling) => /^--?no/.test(spelling) && spelling !== flag);
  const bracketed = flags.find((spelling) => spelling.includes("[no"));
  return { kind: "pair", off: off ?? bracketed?.replace(/[[\]]/g, "") ?? `--no-${flag.slice(2)}` };
}

/** A flag is off unless it is given; a pair is what the help says: `True`, `no`, or the spelling of one of the two. */
function isOn(word: string | null, { flags }: HelpEntry, boolean: BooleanWriting | null): boolean | null {
  if (boolean === null || boolean.kind === "flag") return false;
  if (word === null) return null;
  const off = boolean.off.replace(/^-+/, "");
  if (/^(?:true|yes|on|1|enabled)$/i.test(word) || flags.includes(`--${word}`)) return word !== off;
  return /^(?:false|no|off|0|disabled)$/i.test(word) || word === off ? false : null;
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

function kindOf(evidence: Evidence): OptionKind {
  const { metavar, negatable, found, choices, numericChoices, description, flag } = evidence;
  if (negatable) return "boolean";
  if (flag.endsWith("#")) return "int";
  if (metavar === null) return found.text !== null && !/\d+$/.test(flag) ? numberKind(evidence) : "boolean";
  if (metavar === "") return "text";
  if (BOOL.test(metavar)) return "boolean";
  const words = metavar
    .replace(/[<>[\]"]/g, "")
    .toLowerCase()
    .trim();
  const [first = words] = words.split(/ or | range|\|/);
  if (choices.length > 0 && !numericChoices && !FLOAT_METAVAR.test(first)) return "choice";
  if (numericChoices) return choices.some((choice) => /[.e]/i.test(choice)) ? "float" : "int";
  if (FLOAT_METAVAR.test(first) || /\|\s*(?:float|double)\b/.test(words)) return "float";
  if (INT_METAVAR.test(first))
    return /^(?:n|k|#+|nums?|numbers?|size|limit)$/.test(first) ? numberKind(evidence) : "int";
  if (found.text !== null && !/^(?:user|group|.*addr|host.*|ip|bool(?:ean)?)$/.test(words)) return numberKind(evidence);
  if (TEXT_METAVAR.test(words)) return "text";
  if (metavar.includes("|") && found.text === null) return "text";
  const named =
    wordsOf(flag).some((word) => COUNTED.test(word)) ||
    wordsOf(metavar).some((word) => CONTINUOUS.test(word) || /^(?:number|size|length|count)$/.test(word));
  return named || COUNTED_TEXT.test(description) ? numberKind(evidence) : "text";
}

function numberKind({ flag, metavar, found, description }: Evidence): "int" | "float" {
  if (found.text !== null && /[.e]/i.test(found.text)) return "float";
  if (/\b(?:0 or 1|1 or 0)\b/.test(description) || /^(?:number|num|count|n)_?of/i.test(metavar ?? "")) return "int";
  // `lr` is a rate by itself or at the end; `lr-update-rate` counts.
  const names = [...wordsOf(flag), ...wordsOf(metavar ?? "")].filter(
    (word, at, all) => word !== "lr" || at === all.length - 1,
  );
  if (names.some((word) => CONTINUOUS.test(word) && !(word === "n" || COUNTED.test(word)))) return "float";
  if (/\bfraction(?:al|s)\b|\bdecimal/i.test(description)) return "float";
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

/** `default is 15. Or more`: the point ends the sentence; in `(default: 1.)` it is the number's own. */
function withoutStop(text: string, { index, input, 0: whole }: RegExpExecArray): string {
  return text.endsWith(".") && /^(?:\s|$)/.test(input.slice(index + whole.length)) ? text.slice(0, -1) : text;
}

function defaultOf({ description, metavar }: HelpEntry, flag: string): FoundDefault {
  // `(default port is 990)` is that of a flag only where it names the flag.
  const isOwn = (of: string | undefined): boolean =>
    of === undefined || metavar !== null || wordsOf(of).some((word) => wordsOf(flag).includes(word));
  const all = Array.from(description.matchAll(DEFAULT)).flatMap((match) =>
    isOwn(match.groups!.of) ? [withoutStop(match.groups!.value!, match)] : [],
  );
  const distinct = new Set(all.map(Number));
  if (distinct.size > 1) {
    const bracketed = /[[(]\s*defaults?\s*[:=]?\s*([^\])\s]+)\s*[\])]/i.exec(description)?.[1];
    const value = numberIn(bracketed);
    return distinct.size === 2 &&
      bracketed !== undefined &&
      value !== null &&
      !/\(default/i.test(description.replace(/\(default[^)]*\)/i, ""))
      ? { text: bracketed, value }
      : { text: all[0]!, value: null };
  }
  const last = metavar !== null ? LAST.exec(description)?.[1] : undefined;
  const text =
    all[0] ??
    (metavar === null ? undefined : BEHIND.exec(description)?.[1]) ??
    IN_BRACKETS.exec(description)?.[1] ??
    last ??
    null;
  return { text, value: text === null ? null : Number(text) };
}

interface ChoiceEvidence {
  readonly metavar: string | null;
  readonly description: string;
  readonly word: string | null;
  readonly listed: readonly ListedValue[];
}

function choicesOf({ metavar, description, word, listed }: ChoiceEvidence): readonly string[] {
  if (metavar === null) return [];
  const braces =
    /^[{[<]([^}\]>]+[|,][^}\]>]+)[}\]>]$/.exec(metavar)?.[1] ?? /^[\w.+-]+(?:\|[\w.+-]+)+$/.exec(metavar)?.[0];
  const sentence =
    braces ?? POSSIBLE.exec(description)?.[1] ?? ONE_OF.exec(description)?.[1]?.replace(/\s+or\s+/, ",") ?? null;
  if (sentence === null) {
    const values = listed.map(({ value }) => value);
    // What names its default outside of the list lists something else.
    if (values.length > 0 && (word === null || values.includes(word))) return values;
    return word === null ? [] : listedChoices(description, word);
  }
  const choices = sentence
    .replace(/,\s*default:.*$/, "")
    .split(/[|,]/)
    .map((choice) => choice.trim().replace(/^["'`]|["'`]$/g, ""));
  const areTypes = choices.every((choice) =>
    /(?:^(?:int(?:eger)?|float|double|str(?:ing)?|bool(?:ean)?|number|text|file)|(?<=.)(?:File|FileName|Name|Path|Dir|Directory|_?file|_?name|_?path))$/.test(
      choice,
    ),
  );
  return choices.every((choice) => /^[\w.+-]+$/.test(choice)) && choices.length > 1 && !areTypes ? choices : [];
}

const ONE_OF =
  /\b(?:one of|choices(?: are)?|allowed values(?: are)?|possible values(?: are)?|valid (?:values|choices)(?: are)?)\s*:?\s*[[({]?\s*((?:["'`]?[\w.+-]+["'`]?(?:,\s*(?:or\s+)?|\s*\|\s*|\s+or\s+))+["'`]?[\w+-]+["'`]?)/i;
const POSSIBLE = /(?:\[possible values: |\(choices: |\{)([^\])}]+)[\])}]/i;

function preferred(flags: readonly string[]): string {
  const long = flags.filter((flag) => flag.startsWith("--"));
  return (long[0] ?? flags.toSorted((a, b) => b.length - a.length)[0]!).replace(/\[no-?\]/, "");
}
