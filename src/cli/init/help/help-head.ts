/** The head of an option in a help text: how it is written, and what stands for its value. */
export interface HelpHead {
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
export function readHelpHead(line: string): HelpHead | null {
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
