import { listedChoices, numberedKinds } from "./help-values.ts";
import type { BooleanWriting, OptionKind, ProgramOption } from "./program-option.ts";
import { readHelp } from "./read-help.ts";

/** Options that command-line libraries add by themselves. */
const LIBRARY_OWN = /^--(?:print_config|print_shtab|install-completion|show-completion|.*\.help)$/;

/** The options of all parsers that a program came to; of two with one spelling the later counts. */
export function reportedOptions(parsers: readonly ParserReport[]): readonly ProgramOption[] {
  const found = new Map<string, ProgramOption>();
  for (const { options, help, tail } of parsers) {
    // The last takes options to the end of the command, the others only before what they hand on.
    const behind = options === parsers.at(-1)!.options ? 0 : tail;
    const told = new Map(readHelp(help).flatMap((option) => option.flags.map((flag) => [flag, option] as const)));
    for (const option of mergePairs(options)) {
      if (option.flags.some((flag) => LIBRARY_OWN.test(flag))) continue;
      const read = toOption(option, behind);
      found.delete(read.flag);
      found.set(read.flag, completed(withListed(read), option, told.get(read.flag)));
    }
  }
  return [...found.values()];
}

/** `--bias` that sets true and `--no-bias` that sets false, of one destination, are one option. */
function mergePairs(options: readonly ReportedOption[]): readonly ReportedOption[] {
  const taken = new Set<ReportedOption>();
  const merged = options.map((option) => {
    if (option.kind !== "switch" || option.sets !== true || taken.has(option)) return option;
    const opposite = options.find((o) => o.kind === "switch" && o.sets === false && o.dest === option.dest);
    if (opposite === undefined) return option;
    taken.add(opposite);
    const own = new Set([...option.flags, ...opposite.flags]);
    // Each of the two is told the default of its destination, whichever was declared first.
    const value = typeof option.default === "boolean" ? option.default : opposite.default;
    const excludes = option.excludes.filter((flag) => !own.has(flag));
    return { ...option, kind: "pair", off: opposite.flags, default: value, excludes };
  });
  return merged.filter((option) => !taken.has(option)).map((option) => withOthers(option, options));
}

/** A switch that turns off what another option sets (`--no_amp` beside `--amp true`) says the same thing twice. */
function withOthers(option: ReportedOption, options: readonly ReportedOption[]): ReportedOption {
  if (option.kind !== "switch" || option.sets !== false) return option;
  const other = options.find((o) => o !== option && o.dest === option.dest && o.flags.length > 0);
  return other === undefined ? option : { ...option, excludes: [other.flags[0]!] };
}

function toOption(option: ReportedOption, behind: number): ProgramOption {
  const kind = kindOf(option);
  const choices = (option.choices ?? []).map((choice) => words(choice));
  const flag = option.flags.toSorted((a, b) => b.length - a.length)[0] ?? option.dest;
  const [low, high] = option.bounds ?? [null, null];
  return {
    flag,
    flags: option.flags,
    called: /^-\w$/.test(flag) ? option.dest : flag,
    kind,
    boolean: kind === "boolean" ? writingOf(option) : null,
    default: defaultOf(option, kind),
    choices,
    numbered: kind === "int" ? numberedKinds(option.help) : null,
    bounds: low === null && high === null ? null : [low ?? -Infinity, high ?? Infinity],
    joined: option.joined ?? false,
    many: option.many,
    description: option.help.replace(/\s+/g, " ").trim(),
    obstacle: obstacleOf(option),
    place: null,
    behind,
    shown: shownDefault(option.default),
  };
}

function kindOf({ kind, choices, flags }: ReportedOption): OptionKind {
  switch (kind) {
    case "int":
    case "float":
    case "choice":
    case "text":
      return kind === "choice" && (choices ?? []).length === 0 ? "text" : kind;
    case "pair":
    case "switch":
    case "bool":
    case "Bool":
    case "truthy":
      return flags.length === 0 ? "other" : "boolean";
  }
  return "other";
}

function writingOf({ kind, off }: ReportedOption): BooleanWriting {
  if (kind === "pair" && off.length > 0) return { kind: "pair", off: off.toSorted((a, b) => b.length - a.length)[0]! };
  if (kind === "bool") return { kind: "word", on: "true", off: "false" };
  if (kind === "Bool") return { kind: "word", on: "True", off: "False" };
  // `type=bool` takes every text for true but the empty one.
  if (kind === "truthy") return { kind: "word", on: "True", off: "" };
  return { kind: "flag" };
}

function defaultOf(option: ReportedOption, kind: OptionKind): number | string | boolean | null {
  const value = option.default;
  switch (kind) {
    case "int":
    case "float":
      return typeof value === "number" ? value : null;
    case "choice":
      return value === null || typeof value === "object" ? null : words(value);
    case "boolean":
      // A flag is there or not; what it sets is the program's own matter.
      if (option.kind === "switch") return false;
      return typeof value === "boolean" ? value : null;
    case "text":
      return typeof value === "string" ? value : null;
    case "other":
      return typeof value === "object" ? null : value;
  }
}

function obstacleOf({ flags, kind, excludes, default: value, hidden, dest, sets }: ReportedOption): string | null {
  if (typeof value === "object" && value !== null && "secret" in value) return "a secret";
  if (flags.length === 0) return "told by its place, not by a flag";
  if (kind === "count") return "counted by how often it is given";
  if (kind === "action") return "does something of its own";
  if (excludes.length > 0) return `cannot be given with ${excludes.slice(0, 3).join(" ")}`;
  if (kind === "switch" && sets !== undefined && typeof sets !== "boolean") return `sets ${dest} to ${words(sets)}`;
  return hidden ? "hidden from the help" : null;
}

/** What the parser leaves open the help may say: a function of the program's own as type, a default that is set later. */
function completed(read: ProgramOption, option: ReportedOption, help: ProgramOption | undefined): ProgramOption {
  if (help === undefined || (help.kind !== "int" && help.kind !== "float")) return read;
  if (option.kind === "other" && !read.many) {
    const value = typeof option.default === "number" ? option.default : help.default;
    return { ...read, kind: help.kind, default: value, bounds: read.bounds ?? help.bounds };
  }
  const isNumber = read.kind === "int" || read.kind === "float";
  if (!isNumber || read.many) return read;
  const fits = read.kind === "float" || Number.isInteger(help.default);
  const value = read.default ?? (option.default === null && fits ? help.default : null);
  return { ...read, default: value, bounds: read.bounds ?? help.bounds };
}

/** A text whose help lists the values that it may have. */
function withListed(read: ProgramOption): ProgramOption {
  if (read.kind !== "text" || read.many) return read;
  const choices = listedChoices(read.description, typeof read.default === "string" ? read.default : null);
  return choices.length === 0 ? read : { ...read, kind: "choice", choices };
}

function shownDefault(value: ReportedValue): string | null {
  if (value === null || value === "") return null;
  if (typeof value === "object" && !Array.isArray(value)) {
    return "number" in value ? value.number : "other" in value ? "computed" : null;
  }
  return words(value);
}

function words(value: ReportedValue): string {
  if (Array.isArray(value)) return value.map(words).join(" ");
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "object" && value !== null) return "number" in value ? value.number : "";
  return value === null ? "None" : String(value);
}

/** A default as the watch writes it down: JSON, or what stands for what JSON has not. */
type ReportedValue =
  | null
  | boolean
  | number
  | string
  | readonly ReportedValue[]
  | { readonly secret: true }
  | { readonly number: string }
  | { readonly other: string };

/** An option as a Python parser has it. */
interface ReportedOption {
  /** Empty for an argument that is told by its place. */
  readonly flags: readonly string[];
  /** The flags that turn a pair off. */
  readonly off: readonly string[];
  readonly dest: string;
  readonly kind: string;
  readonly many: boolean;
  readonly required: boolean;
  readonly default: ReportedValue;
  readonly help: string;
  readonly hidden: boolean;
  /** Flags of the same exclusive group. */
  readonly excludes: readonly string[];
  readonly choices?: readonly ReportedValue[];
  readonly bounds?: readonly [number | null, number | null];
  /** What a switch sets. */
  readonly sets?: ReportedValue;
  readonly joined?: boolean;
}

/** A parser that a Python program came to. */
export interface ParserReport {
  /** `argparse`, `click`, `optparse`, `absl`, `fire`, `hydra`, `jsonargparse`. */
  readonly parser: string;
  /** Words of the command that stand behind its own options: those of the subcommand and after it. */
  readonly tail: number;
  /** Whether the program's command line ends with it. */
  readonly final: boolean;
  readonly options: readonly ReportedOption[];
  /** Subcommands to choose from. */
  readonly commands: readonly string[];
  readonly help: string;
}

/** What the watch refused before the parser. */
export interface Refusal {
  readonly refused: "write" | "start" | "connect" | "signal";
  readonly what: string;
}

/** Reads the lines that the watch wrote. */
export function readParserReport(text: string): {
  readonly parsers: readonly ParserReport[];
  readonly refusals: readonly Refusal[];
} {
  const entries = text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as ParserReport | Refusal | { readonly done: true });
  return {
    parsers: entries.filter((entry) => "parser" in entry),
    refusals: entries.filter((entry) => "refused" in entry),
  };
}
