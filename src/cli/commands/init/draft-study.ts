import type { ProgramOption } from "../../../discovery/program-option.ts";
import type { BooleanForm } from "../../../trial/command-input.ts";
import { type DraftItem, draftItems } from "./draft-item.ts";

/** What a study file is drafted from. */
interface DraftInput {
  /** The program and the arguments the user gave, which stay. */
  readonly program: readonly string[];
  readonly study: string;
  readonly options: readonly ProgramOption[];
  /** Where the options come from: `the help of`. */
  readonly source: string;
  /** The text of a file that options have their place in. */
  readonly read?: (file: string) => string;
}

/** The draft, and what became of the options. */
export interface StudyDraft {
  readonly text: string;
  readonly tuned: readonly DraftItem[];
  readonly offered: readonly DraftItem[];
  readonly left: readonly DraftItem[];
  /** Files that the study needs beside it. */
  readonly templates: readonly DraftTemplate[];
}

/** An empty space, which the first parameter replaces. */
const NOTHING = "{} # this line goes when you list one";

/** Offered options that a file without any to tune takes up. */
const TAKEN_UP = 6;

/** Drafts a study file in YAML from the options of a program, every choice explained in a comment. */
export function draftStudy({ program, study, options, source, read = () => "" }: DraftInput): StudyDraft {
  const items = draftItems(options, program);
  const left = items.filter(({ suggestion }) => suggestion.kind === "leave");
  const known = items.filter(({ suggestion }) => suggestion.kind === "tune");
  const open = items.filter(({ suggestion }) => suggestion.kind === "offer");
  const tuned = known.length > 0 ? known : guessed(open);
  const offered = open.filter((item) => !tuned.includes(item));
  const style = booleanStyle([...tuned, ...offered]);
  const templates = draftTemplates(tuned, read);
  const lines = [
    `# Drafted from ${source}: ${commentText(program.join(" "))}`,
    "# Look the ranges over: they follow from names and defaults, the program knows better.",
    "",
    `study: ${JSON.stringify(study)}`,
    "minimize: loss            # CHANGE THIS: a metric that your program prints (or maximize: accuracy); `attune try` on this file says which it finds",
    "trials: 50                # how many runs you can pay for",
    ...(style.booleans === null ? [] : [`booleans: ${style.booleans}${booleanComment(style)}`]),
    ...(templates.length === 0 ? [] : [`template: ${JSON.stringify(templates.map(({ file }) => file))}`]),
    "",
    ...spaceLines(tuned, offered, style, known.length === 0),
    "",
    ...leftLines(left),
    ...commandLines(program, tuned, offered, style),
  ];
  return { text: `${lines.join("\n")}\n`, tuned, offered, left, templates };
}

/** Where no name is known: numbers with a range, which compressors and solvers are tuned by. */
function guessed(open: readonly DraftItem[]): readonly DraftItem[] {
  const isRange = ({ option }: DraftItem): boolean => option.kind === "int" || option.kind === "float";
  const isDoubtful = ({ suggestion }: DraftItem): boolean =>
    suggestion.kind !== "leave" && suggestion.isDoubtful === true;
  return open.filter((item) => isRange(item) && !isDoubtful(item) && item.option.numbered === null).slice(0, TAKEN_UP);
}

function booleanComment({ booleans }: BooleanStyle): string {
  return booleans === "flag"
    ? "            # true gives the flag, false leaves it out"
    : "         # true gives --flag, false --no-flag";
}

function spaceLines(
  tuned: readonly DraftItem[],
  offered: readonly DraftItem[],
  style: BooleanStyle,
  isGuess: boolean,
): readonly string[] {
  const lines = ["space:"];
  if (isGuess && tuned.length > 0) {
    lines.push("  # No name here is known as one that results depend on: these are guesses, keep what you know.");
  }
  for (const item of tuned) lines.push(...parameterLines(item, "  ", style));
  if (tuned.length === 0) {
    const how = offered.length > 0 ? "take away the # of some below and in the command, or list" : "list";
    lines.push(
      "  # Nothing is tuned yet: no option here is known as one that results depend on. Which do you want to try?",
      `  # Before \`attune run\`, ${how} your own: lr: 1e-5..1e-1 log`,
      `  ${NOTHING}`,
    );
  }
  if (offered.length > 0) lines.push("", "  # May be worth it: take away the # here and in the command.");
  for (const item of offered) lines.push(...parameterLines(item, "  # ", style));
  return lines;
}

function parameterLines(item: DraftItem, indent: string, style: BooleanStyle): readonly string[] {
  const { option, name, suggestion } = item;
  if (suggestion.kind === "leave") return [];
  const range = option.boolean === null ? suggestion.range : style.place(item).range;
  const words = option.description === "" ? "" : `; ${shortened(option.description)}`;
  const where =
    option.place !== null && indent.endsWith("# ")
      ? `; write $\{${name}} in its place in ${option.place.file}.attune`
      : "";
  const about = `${suggestion.reason}${where} (${describeOption(option)})${words}`;
  return [`  # ${option.flag}: ${commentText(about)}`, `${indent}${yamlKey(name)}: ${yamlText(range)}`];
}

function leftLines(left: readonly DraftItem[]): readonly string[] {
  if (left.length === 0) return [];
  const lines = left.map(({ option, suggestion }) =>
    commentText(`#   ${option.flag} (${describeOption(option)}): ${suggestion.reason}`),
  );
  return ["# Left alone:", ...lines, ""];
}

/** Options of a parser stand before the words of the subcommand below it. */
function commandLines(
  program: readonly string[],
  tuned: readonly DraftItem[],
  offered: readonly DraftItem[],
  style: BooleanStyle,
): readonly string[] {
  const lines = ["command:"];
  const placesAfter = (count: number): void => {
    for (const [items, mark] of [[tuned, ""] as const, [offered, "# "] as const]) {
      for (const item of items.filter(({ option }) => program.length - option.behind === count)) {
        for (const word of argumentsOf(item, style)) lines.push(`  ${mark}- ${JSON.stringify(word)}`);
      }
    }
  };
  for (const [at, word] of program.entries()) {
    lines.push(`  - ${yamlText(word)}`);
    placesAfter(at + 1);
  }
  return lines;
}

/** One argument where the program writes an equals sign, or a value may begin with a dash; else the flag and its value. */
function argumentsOf(item: DraftItem, style: BooleanStyle): readonly string[] {
  const { option, name, suggestion } = item;
  if (option.place !== null) return [];
  if (option.boolean !== null) return style.place(item).words;
  const place = `$\{${name}}`;
  // `-T#` is given as `-T4`.
  if (option.flag.endsWith("#")) return [option.flag.replace(/#$/, place)];
  const dashed = suggestion.kind !== "leave" && /^"?-|\| "?-|[|<] -/.test(suggestion.range);
  return option.joined || (dashed && option.flag.startsWith("--")) ? [`${option.flag}=${place}`] : [option.flag, place];
}

/** Type and default in a few words: `int, default 10`; `one of adam, sgd, default adam`; `on or off, default off`. */
function describeOption(option: ProgramOption): string {
  const { default: value, shown } = option;
  const type = typeOf(option);
  if (option.obstacle === "a secret") return type;
  if (typeof value === "boolean") return `${type}, default ${value ? "on" : "off"}`;
  const text = value === null || option.many ? shown : String(value);
  return text === null || text === "" ? type : `${type}, default ${shortened(text, 60)}`;
}

function typeOf({ kind, choices, many }: ProgramOption): string {
  const several = many ? "several of " : "";
  switch (kind) {
    case "choice":
      return `${many ? "several of" : "one of"} ${shortened(choices.join(", "), 120)}`;
    case "boolean":
      return "on or off";
    case "other":
      return "a type of its own";
    default:
      return `${several}${kind}`;
  }
}

/** A text that may stand in a comment: one line. */
function commentText(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, " ");
}

/** A name as a key of a mapping. */
function yamlKey(name: string): string {
  return /^[A-Za-z_]/.test(name) && !/^(?:y|n|on|off|yes|no|true|false|null)$/i.test(name)
    ? name
    : JSON.stringify(name);
}

/** A text as a value, in quotes where it would be read as something else. */
function yamlText(text: string): string {
  return /^[A-Za-z0-9./_-][A-Za-z0-9./_ -]*$/.test(text) && !/^[\d.-]|^(?:true|false|null|yes|no|on|off|~)$/i.test(text)
    ? text
    : JSON.stringify(text);
}

/** At most `most` characters. */
function shortened(text: string, most = 100): string {
  return text.length <= most ? text : `${text.slice(0, most - 3).trimEnd()}...`;
}

/** A file that a study fills for each trial, beside the file it is made from. */
interface DraftTemplate {
  readonly file: string;
  readonly text: string;
}

/** The templates that the places of tuned options need: the files with `${name}` in place of each value. */
function draftTemplates(tuned: readonly DraftItem[], read: (file: string) => string): readonly DraftTemplate[] {
  const files = new Set(tuned.flatMap(({ option }) => (option.place === null ? [] : [option.place.file])));
  return [...files].map((file) => {
    const places = tuned.flatMap(({ option: { place }, name }) => (place?.file === file ? [{ ...place, name }] : []));
    let text = read(file);
    for (const { start, end, name } of places.toSorted((a, b) => b.start - a.start)) {
      text = `${text.slice(0, start)}$\{${name}}${text.slice(end)}`;
    }
    return { file: `${file}.attune`, text };
  });
}

/** How a draft writes its booleans: what its key `booleans` says, and what each of them is then. */
interface BooleanStyle {
  /** Null when the draft needs no such key. */
  readonly booleans: BooleanForm | null;
  /** The range and the arguments of a boolean. */
  readonly place: (item: DraftItem) => { readonly range: string; readonly words: readonly string[] };
}

/**
 * One key says how all booleans of a study are written. What it does not fit becomes a choice of two texts: `--amp` or `--no-amp`
 * as an argument of its own, `true` or `false` behind the flag.
 */
function booleanStyle(items: readonly DraftItem[]): BooleanStyle {
  const kinds = items.flatMap(({ option: { boolean, flag, place } }) =>
    boolean === null || place !== null
      ? []
      : [boolean.kind === "pair" && boolean.off !== `--no-${flag.slice(2)}` ? "own" : boolean.kind],
  );
  const booleans = kinds.includes("flag") ? "flag" : kinds.includes("pair") ? "no-flag" : null;
  return { booleans, place: (item) => placed(item, booleans) };
}

function placed({ option, name }: DraftItem, booleans: BooleanForm | null) {
  const { boolean, flag, default: value, joined } = option;
  const place = `$\{${name}}`;
  const behind = joined ? [`${flag}=${place}`] : [flag, place];
  const plain = { range: `true | false${value === null ? "" : ` default ${value}`}`, words: behind };
  if (option.place !== null) return plain;
  if (boolean === null || boolean.kind === "flag") return { ...plain, words: [flag, place] };
  const asFlag = boolean.kind === "pair" && booleans === "no-flag" && boolean.off === `--no-${flag.slice(2)}`;
  if (asFlag) return { ...plain, words: [flag, place] };
  const [on, off] = boolean.kind === "pair" ? [flag, boolean.off] : [boolean.on, boolean.off];
  if (boolean.kind === "word" && booleans === null && on === "true" && off === "false") return plain;
  const start = value === null ? "" : ` default ${JSON.stringify(value === true ? on : off)}`;
  const range = `${JSON.stringify(on)} | ${JSON.stringify(off)}${start}`;
  return { range, words: boolean.kind === "pair" ? [place] : behind };
}
