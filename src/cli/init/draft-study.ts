import { parseParameterText } from "../../space/index.ts";
import type { HelpOption } from "./help-option.ts";
import { type Suggestion, suggestParameter } from "./suggest-parameter.ts";

/** What a study file is drafted from. */
export interface DraftInput {
  /** The program and the arguments the user gave, which stay. */
  readonly program: readonly string[];
  readonly study: string;
  readonly options: readonly HelpOption[];
}

/** The draft, and how many options it tunes, offers and leaves. */
export interface StudyDraft {
  readonly text: string;
  readonly tuned: number;
  readonly offered: number;
}

interface Item {
  readonly option: HelpOption;
  readonly name: string;
  readonly suggestion: Suggestion;
}

/** Offered options that a file without any to tune takes up. */
const TAKEN_UP = 6;

/** Drafts a study file in YAML from the options of a program, every choice explained in a comment. */
export function draftStudy({ program, study, options }: DraftInput): StudyDraft {
  const given = new Set(program.slice(1).map((word) => word.split("=")[0]!));
  const items = options.map((option) => itemOf(option, given));
  let tuned = items.filter(({ suggestion }) => suggestion.kind === "tune");
  let offered = items.filter(({ suggestion }) => suggestion.kind === "offer");
  if (tuned.length === 0) {
    tuned = offered.filter(({ option }) => option.kind !== "choice").slice(0, TAKEN_UP);
    offered = offered.filter((item) => !tuned.includes(item));
  }
  const lines = [
    `# Drafted from the help of: ${comment(program.join(" "))}`,
    "# Look the ranges over: they follow from names and defaults, the program knows better.",
    "",
    `study: ${JSON.stringify(study)}`,
    "minimize: loss            # the metric your program prints; `attune try -- COMMAND` shows which it finds. Or maximize: accuracy",
    "trials: 50                # how many runs you can pay for",
    "",
    ...spaceLines(tuned, offered),
    "",
    ...leftLines(items),
    ...commandLines(program, tuned, offered),
  ];
  return { text: `${lines.join("\n")}\n`, tuned: tuned.length, offered: offered.length };
}

function itemOf(option: HelpOption, given: ReadonlySet<string>): Item {
  const isGiven = option.flags.some((flag) => given.has(flag));
  const suggestion: Suggestion = isGiven
    ? { kind: "leave", reason: "you gave it in the command" }
    : checked(suggestParameter(option), option);
  return { option, name: nameOf(option.flag), suggestion };
}

/** A range that the text form refuses is none. */
function checked(suggestion: Suggestion, { flag }: HelpOption): Suggestion {
  if (suggestion.kind === "leave") return suggestion;
  parseParameterText(suggestion.range, nameOf(flag), null);
  return suggestion;
}

/** A parameter's name for a flag; `seed`, `trial`, `fold` and `args` are taken. */
function nameOf(flag: string): string {
  const name = flag.replace(/^-+/, "").replace(/[^\p{L}\p{N}_.-]/gu, "_");
  return /^(?:args|seed|fold|trial)$/.test(name) ? `${name}_` : name;
}

function spaceLines(tuned: readonly Item[], offered: readonly Item[]): readonly string[] {
  const lines = ["space:"];
  for (const item of tuned) lines.push(...parameterLines(item, "  "));
  if (tuned.length === 0) lines.push("  # No option was recognised; list yours here: lr: 1e-5..1e-1 log", "  {}");
  if (offered.length > 0) lines.push("", "  # May be worth it: take away the # here and in the command.");
  for (const item of offered) lines.push(...parameterLines(item, "  # "));
  return lines;
}

function parameterLines({ option, name, suggestion }: Item, indent: string): readonly string[] {
  if (suggestion.kind === "leave") return [];
  const about = `${suggestion.reason}${option.description === "" ? "" : `; ${shortened(option.description)}`}`;
  return [`  # ${option.flag}: ${comment(about)}`, `${indent}${key(name)}: ${quoted(suggestion.range)}`];
}

function leftLines(items: readonly Item[]): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const { option, suggestion } of items) {
    if (suggestion.kind !== "leave" || option.kind === "switch" || option.kind === "text") continue;
    groups.set(suggestion.reason, [...(groups.get(suggestion.reason) ?? []), option.flag]);
  }
  if (groups.size === 0) return [];
  return ["# Left alone:", ...Array.from(groups, ([reason, flags]) => `#   ${flags.join(" ")}: ${reason}`), ""];
}

function commandLines(program: readonly string[], tuned: readonly Item[], offered: readonly Item[]): readonly string[] {
  const lines = ["command:", ...program.map((word) => `  - ${quoted(word)}`)];
  for (const item of tuned) lines.push(...argumentsOf(item).map((word) => `  - ${JSON.stringify(word)}`));
  for (const item of offered) lines.push(...argumentsOf(item).map((word) => `  # - ${JSON.stringify(word)}`));
  return lines;
}

/** One argument where the help shows an equals sign, else the flag and its value. */
function argumentsOf({ option, name }: Item): readonly string[] {
  const place = `$\{${name}}`;
  return option.joined ? [`${option.flag}=${place}`] : [option.flag, place];
}

function shortened(text: string): string {
  return text.length <= 100 ? text : `${text.slice(0, 97).trimEnd()}...`;
}

/** A text that may stand in a comment. */
function comment(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f]+/g, " ");
}

function key(name: string): string {
  return /^[A-Za-z_]/.test(name) && !/^(?:y|n|on|off|yes|no|true|false|null)$/i.test(name)
    ? name
    : JSON.stringify(name);
}

function quoted(text: string): string {
  return /^[A-Za-z0-9./_-][A-Za-z0-9./_ -]*$/.test(text) && !/^[\d.-]|^(?:true|false|null|yes|no|on|off|~)$/i.test(text)
    ? text
    : JSON.stringify(text);
}
