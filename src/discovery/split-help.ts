import { type DescriptionLine, type ListedValue, listedValues } from "./help-values.ts";

/** An option of a help text with its whole description on one line. */
export interface HelpEntry extends HelpHead {
  readonly description: string;
  /** The values that it lists on lines of their own. */
  readonly listed: readonly ListedValue[];
  /** What the heading above says of all its options: `only when d = 1`; null for nothing. */
  readonly condition: string | null;
}

const OPTION_LINE = /^\s*--?[[A-Za-z0-9#?]/;

/**
 * Finds the options in a help text as argparse, click, typer, absl, commander, clap and getopt programs print them. A line that
 * begins with a flag is an option unless it stands where the description before it stands.
 */
export function splitHelp(text: string): readonly HelpEntry[] {
  const entries: HelpEntry[] = [];
  let current: Draft | null = null;
  let blank = false;
  let condition: string | null = null;
  const close = (): void => {
    if (current !== null) entries.push(entryOf(current, condition));
    current = null;
  };
  for (const raw of plain(text).split("\n")) {
    const line = usualLine(
      raw
        .replaceAll("\t", "        ")
        .replace(/^\s*[│┃|]/u, " ")
        .replace(/\s*[│┃]\s*$/u, ""),
    );
    if (line.trim() === "") {
      blank = true;
      continue;
    }
    const indent = line.length - line.trimStart().length;
    const inDescription: boolean = current !== null && continues(current, indent, blank);
    const head: HelpHead | null = !inDescription && OPTION_LINE.test(line) ? readHelpHead(line) : null;
    if (head !== null) {
      close();
      current = {
        head,
        indent,
        column: head.rest === "" ? null : head.restColumn,
        lines: [{ indent: head.restColumn, text: head.rest }],
      };
    } else if (current !== null && (inDescription || (indent > current.indent && !blank && !OPTION_LINE.test(line)))) {
      current.column ??= indent;
      current.lines.push({ indent, text: line.trim() });
    } else {
      close();
      condition = /\((only [^()]*)\)\s*:?\s*$/i.exec(line)?.[1] ?? null;
    }
    blank = false;
  }
  close();
  return entries;
}

interface Draft {
  readonly head: HelpHead;
  readonly indent: number;
  /** Where its description stands; null while it has none. */
  column: number | null;
  readonly lines: DescriptionLine[];
}

function entryOf({ head, lines }: Draft, condition: string | null): HelpEntry {
  const description = lines.map(({ text }) => text).join(" ");
  return {
    ...head,
    description: description.replace(/\s+/g, " ").trim(),
    listed: listedValues(lines.slice(1)),
    condition,
  };
}

/** A line as far in as the description belongs to it; behind a blank line only where descriptions stand below their heads (clap). */
function continues({ column, head, indent: own }: Draft, indent: number, blank: boolean): boolean {
  if (column === null) return indent >= own + 8;
  // A further paragraph stands in the column of the first.
  if (blank && head.rest !== "") return indent === column && column >= own + 4;
  return indent >= Math.min(column, own + 24) && indent > own + 1;
}

/** Without colours and without overstrikes of manual pages. */
function plain(text: string): string {
  return text
    .replace(/\u001b\[[0-9;?]*[A-Za-z]/g, "")
    .replace(/.\u0008/g, "")
    .replaceAll("\r", "");
}

/** The head of an option in a help text: how it is written, and what stands for its value. */
interface HelpHead {
  /** All spellings, as they stand: `-j`, `--jobs`. */
  readonly flags: readonly string[];
  /** What stands for the value (`N`, `INTEGER`, `<float>`, `{0,1}`), null when nothing does; "" when several values do. */
  readonly metavar: string | null;
  /** True when the help writes `--flag=value`. */
  readonly joined: boolean;
  /** A switch and its opposite: `--amp / --no-amp`, `--[no-]check`. */
  readonly negatable: boolean;
  /** What the line says behind the head. */
  readonly rest: string;
  /** Column of `rest`. */
  readonly restColumn: number;
}

const FLAG = /--?(?:\[no-?\])?[A-Za-z0-9#?](?:[\w.#-]*[\w#])?/y;
const BRACKETED = String.raw`<[^>]*>|\{[^}]*\}|\[[^\]]*\]`;
const WORD = String.raw`[A-Z][A-Z0-9_]*(?: RANGE)?|#|[A-Za-z][\w.]*`;
/** `=X`, `[=X]`, ` = <X>`: written with an equals sign. */
const JOINED = new RegExp(String.raw`\s*(?:=\s*(${BRACKETED}|[^\s,:[\]]+)|\[=\s*([^\]]+)\])`, "y");
const ANGLE = new RegExp(String.raw` {1,2}(${BRACKETED})(?![\w])`, "y");
const UPPER = /\s([A-Z][A-Z0-9_]*(?: RANGE)?|#+(?:\.#+)?|n\.nnn|N)(?=[\s,:.]|$)/y;
/** A small word is a value's name only where the description cannot have begun: at most one blank before it, more behind. */
const LOWER = /\s([a-z][\w.]*)(?=\s{2,}|\t|\s*:|,\s+-|$)/y;
/** `adam|sgd`, without brackets. */
const BARS = /\s((?:[\w.+-]+\|)+[\w.+-]+)(?=\s|$)/y;
const MORE = new RegExp(String.raw` (?:${BRACKETED}(?:\.\.\.)?|${WORD})(?=[\s,]|$)`, "y");

/** Reads the head of an option from a line that begins (behind blanks) with a flag; null when it is no option. */
function readHelpHead(line: string): HelpHead | null {
  let at = line.length - line.trimStart().length;
  const flags: string[] = [];
  let metavar: string | null = null;
  let joined = false;
  for (;;) {
    const flag = matchAt(FLAG, line, at);
    if (flag === null) break;
    flags.push(flag[0]);
    at += flag[0].length;
    const value = readMetavar(line, at);
    if (value !== null) {
      metavar = value.text;
      joined = value.joined;
      at = value.end;
    }
    const between = /(?:,\s*|\s*\/\s*|\s*\|\s*|\s+)(?=--?[[A-Za-z0-9#?])/y;
    const next = matchAt(between, line, at);
    // Blanks alone: only where two dashes follow closely, lest a flag in a description be taken for one of these.
    if (next === null || (/^\s+$/.test(next[0]) && next[0].length > 1)) break;
    at += next[0].length;
  }
  if (flags.length === 0) return null;
  const lead = /^[\s.:=]*/.exec(line.slice(at))![0];
  const rest = line.slice(at + lead.length);
  // `-blah` that goes on as a sentence is none: `-1 means all`.
  if (flags.length === 1 && /^-\d/.test(flags[0]!) && metavar === null && lead.length < 2) return null;
  const negatable = flags.some((flag) => /\[no-?\]/.test(flag)) || flags.some((flag) => isOpposite(flag, flags));
  return { flags, metavar, joined, negatable, rest, restColumn: at + lead.length };
}

function readMetavar(line: string, at: number): { text: string; end: number; joined: boolean } | null {
  const joined = matchAt(JOINED, line, at);
  if (joined !== null) return several(line, at + joined[0].length, (joined[1] ?? joined[2])!, true);
  const found =
    matchAt(ANGLE, line, at) ?? matchAt(BARS, line, at) ?? matchAt(UPPER, line, at) ?? matchAt(LOWER, line, at);
  return found === null ? null : several(line, at + found[0].length, found[1]!, false);
}

/** Takes further values in (`<w> <h>`, `ECHO [ECHO ...]`), which make it no single value. */
function several(line: string, end: number, text: string, joined: boolean) {
  const { open, list } = { open: line[end] === ":", list: /\.\.\./.test(text) };
  let at = end;
  let count = 1;
  for (let more = matchAt(MORE, line, at); more !== null && !joined; more = matchAt(MORE, line, at)) {
    const word = more[0].trim();
    // A capital or a bracket that begins the description stands behind two blanks; `MORE` takes one.
    const isValue = /^[<{[]/.test(word) || word === text;
    if (!isValue) break;
    count++;
    at += more[0].length;
  }
  const composite = list || count > 1 || (open && /^:<|^:[a-z]/.test(line.slice(at))) || /^,[<{[]/.test(line.slice(at));
  return { text: composite ? "" : text, end: at, joined };
}

function isOpposite(flag: string, flags: readonly string[]): boolean {
  const off = flag.replace(/^(--?)/, "$1no-");
  return flags.includes(off) || (flag.startsWith("--") && flags.includes(`--no${flag.slice(2)}`));
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** A line of a library with a form of its own: how it begins, and the same in the usual form. */
const FORMS: readonly (readonly [RegExp, string])[] = [
  // Boost: `-l [ --learning_rate ] arg (=0.5)  text`.
  [/^(\s*)(-\w) \[ (--[\w-]+) \]/, "$1$2, $3"],
  [/^(\s*-[\w-]+(?:, --[\w-]+)?) arg \(=([^()]*)\)(.*)$/, "$1 ARG  $3 (default: $2)"],
  [/^(\s*-[\w-]+(?:, --[\w-]+)?) arg(?=\s|$)/, "$1 ARG"],
  // Boost, of a value that may be left out: `--steps [=arg(=3)] (=10)  text`; without a value it is 3, without the option 10.
  [/^(\s*-[\w-]+(?:, --[\w-]+)?) \[=arg\(=[^()]*\)\] \(=([^()]*)\)(.*)$/, "$1=ARG  $3 (default: $2)"],
  [/^(\s*-[\w-]+(?:, --[\w-]+)?) \[=arg\(=-?\d+\)\](?=\s|$)/, "$1=NUM"],
  [/^(\s*-[\w-]+(?:, --[\w-]+)?) \[=arg\(=-?\d*\.\d+\)\](?=\s|$)/, "$1=FLOAT"],
  [/^(\s*-[\w-]+(?:, --[\w-]+)?) \[=arg(?:\(=[^()]*\))?\](?=\s|$)/, "$1=ARG"],
  // cmdline.h: `-q, --quality  text (int [=15])`.
  [/^(\s*-[\w-]+(?:, --[\w-]+)?)\s+(\S.*) \((\w[\w ]*) \[=\]\)\s*$/, "$1 <$3>  $2"],
  [/^(\s*-[\w-]+(?:, --[\w-]+)?)\s+(\S.*) \((\w[\w ]*) \[=([^[\]]*)\]\)\s*$/, "$1 <$3>  $2 (default: $4)"],
  // mlpack: `--num_trees (-N) [int]  text`.
  [/^(\s*--[\w-]+) \((-\w)\)(?: \[(\w+)\])?/, "$1, $2 <$3>"],
  [/^(\s*--[\w-]+) \[(double|float|int|string|int vector|string vector)\](?=\s)/, "$1 <$2>"],
  // OpenCV: `[-numPos <number_of_positive_samples = 2000>]`.
  [/^(\s*)\[(--?[\w-]+) <([\w-]+)\s*=\s*([^<>=]+?)>\]\s*$/, "$1$2 <$3>  (default: $4)"],
  // gflags: `-lr (learning rate) type: double default: 0.1`; of a boolean `-amp=false` is right.
  [/^(\s*-[\w-]+) \((.*)\) type: bool\b(.*)$/, "$1=BOOL  $2$3"],
  [/^(\s*-[\w-]+) \((.*)\) type: (\w+)(.*)$/, "$1=$3  $2$4"],
];

/** A line of a help text in the usual form, `-n, --name VALUE  text (default: 1)`, where it has a form known for another. */
function usualLine(line: string): string {
  return FORMS.reduce((text, [form, usual]) => text.replace(form, usual), line).replace(/ <>(?=\s|$)/, "");
}

/** `(none, seg, tantan=default)`, `(fasta/fastq)`. */
const LIST = /\(([A-Za-z][\w.-]*(?:=default)?(?:\s*[/,]\s*[A-Za-z][\w.-]*(?:=default)?)+)\)$/;

/** Whether a program names no value of any option, though some have defaults that are numbers. */
export function namesNoValues(entries: readonly HelpEntry[]): boolean {
  const unnamed = entries.filter(({ metavar }) => metavar === null);
  const numbers = unnamed.filter(({ description }) => /\bdefaults?\s*[=:,]?\s*-?\.?\d/i.test(description));
  return numbers.length >= 3 && entries.length - unnamed.length <= entries.length / 10;
}

/** An option of such a program, with a name for its value where the description shows that it has one; else it is a flag. */
export function withUnnamedValue(entry: HelpEntry): HelpEntry {
  const { metavar, negatable, description } = entry;
  if (metavar !== null || negatable || entry.flags.some((flag) => flag.startsWith("--no-"))) return entry;
  const words = LIST.exec(description)?.[1]?.split(/\s*[/,]\s*/) ?? [];
  if (words.length > 1) {
    const plain = words.map((word) => word.replace(/=default$/, ""));
    const chosen = words.find((word) => word.endsWith("=default"))?.replace(/=default$/, "");
    const said = chosen === undefined ? description : `${description} (default: ${chosen})`;
    return { ...entry, metavar: `{${plain.join(",")}}`, description: said };
  }
  const named = valueName(description);
  return named === null ? entry : { ...entry, metavar: named };
}

function valueName(description: string): string | null {
  if (/\(\d+\s*[=/-]\s*\w/.test(description)) return "NUM";
  if (/^(?:the\s+)?(?:minimum|maximum|min|max|number\s+of)\b/i.test(description))
    return /%|\bpercent/.test(description) ? "FLOAT" : "value";
  if (
    /^(?:include|report|suppress|ignore|enable|disable|keep|do|don't|show|print|skip|only|delete)\b/i.test(description)
  )
    return null;
  if (/\b(?:files?|filenames?|director(?:y|ies)|folder|path|list of)\b/i.test(description)) return "file";
  // Of what kind it is nobody says.
  return /\(default\s*[=:]|\b(?:penalty|percentage|percent|code)\b/i.test(description) ? "text" : null;
}
