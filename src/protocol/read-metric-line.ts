import { type ReadNumber, readNumber } from "./read-number.ts";

/** What one line says. */
export interface MetricLine {
  /** Last value of each asked metric on this line. */
  readonly values: Readonly<Record<string, number>>;
  /** Step named on this line, or null. */
  readonly step: number | null;
}

const ANSI = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])/g;
const STEP_KEYS = ["step", "global_step", "iter", "iteration", "epoch"];
const STEP =
  /(?<![\p{L}\p{N}_.-])(step|global_step|iter|iteration|epoch)["']?\]?\s{0,8}[=:#]?\s{0,8}\[?(\d{1,15})(?:\.0*)?(?![\p{L}\p{N}_]|\.\d)/giu;
const BLANK = /\s/;
const WORD_CHAR = /[\p{L}\p{N}_]/u;
const NAME_CHAR = /[\p{L}\p{N}_./@-]/u;

/** The line without terminal colours and other escape sequences. */
export function plainText(line: string): string {
  return line.includes("\x1b") ? line.replace(ANSI, "") : line;
}

/**
 * Reads the asked metrics from one line without colours: a JSON object (its own keys, exactly), else `name=0.31` and
 * `name: 0.31`, the name whole and perhaps quoted, the last one on the line. Null when none is there.
 */
export function readMetricLine(line: string, metrics: readonly string[]): MetricLine | null {
  const json = readJsonLine(line);
  if (json !== null) return fromJson(json, metrics);
  const values: Record<string, number> = {};
  let any = false;
  for (const name of metrics) {
    const found = lastValue(line, name);
    if (found === null) continue;
    values[name] = found.value;
    any = true;
  }
  return any ? { values, step: stepOf(line) } : null;
}

/** Names on this line that look like metrics, in order. */
export function metricLikeNames(line: string): readonly string[] {
  const json = readJsonLine(line);
  if (json !== null) return Object.keys(json).filter((key) => asNumber(json[key]) !== null);
  const names: string[] = [];
  for (let at = nextSign(line, 0); at >= 0; at = nextSign(line, at + 1)) {
    if (readNumber(line, skipBlanks(line, at + 1)) === null) continue;
    const name = nameBefore(line, at);
    if (name !== null) names.push(name);
  }
  return names;
}

function nextSign(line: string, from: number): number {
  for (let at = from; at < line.length; at++) {
    const char = line[at];
    if (char === "=" || char === ":") return at;
  }
  return -1;
}

function nameBefore(line: string, sign: number): string | null {
  let end = sign;
  while (end > 0 && BLANK.test(line[end - 1]!)) end--;
  if (line[end - 1] === '"' || line[end - 1] === "'") end--;
  let start = end;
  while (start > 0 && NAME_CHAR.test(line[start - 1]!)) start--;
  const name = line.slice(start, end);
  return /^[\p{L}_]/u.test(name) ? name : null;
}

function readJsonLine(line: string): Readonly<Record<string, unknown>> | null {
  const text = line.trim();
  if (!text.startsWith("{") || !text.endsWith("}")) return null;
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch (error) {
    // Not JSON after all (Python's NaN, a dict with single quotes): read as words.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function fromJson(json: Readonly<Record<string, unknown>>, metrics: readonly string[]): MetricLine | null {
  const values: Record<string, number> = {};
  for (const name of metrics) {
    const value = Object.hasOwn(json, name) ? asNumber(json[name]) : null;
    if (value !== null) values[name] = value;
  }
  if (Object.keys(values).length === 0) return null;
  const steps = STEP_KEYS.map((key) => asNumber(json[key])).filter((value) => value !== null && isStep(value));
  return { values, step: steps[0] ?? null };
}

function asNumber(value: unknown): number | null {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return null;
  const text = value.trim();
  const read = readNumber(text, 0);
  return read !== null && read.end === text.length ? read.value : null;
}

function isStep(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function lastValue(line: string, name: string): ReadNumber | null {
  for (let at = line.lastIndexOf(name); at >= 0; at = at === 0 ? -1 : line.lastIndexOf(name, at - 1)) {
    const found = valueAt(line, at, name);
    if (found !== null) return found;
  }
  return null;
}

function valueAt(line: string, at: number, name: string): ReadNumber | null {
  if (WORD_CHAR.test(name[0]!) && continuesWord(line, at)) return null;
  let after = at + name.length;
  if (line[after] === '"' || line[after] === "'") after++;
  after = skipBlanks(line, after);
  if (line[after] !== "=" && line[after] !== ":") return null;
  return readNumber(line, skipBlanks(line, after + 1));
}

/** True inside a longer word or path (`my_val_loss`, `old-val_loss`, `train/loss`, `--loss`), false behind dots (`...loss`). */
function continuesWord(line: string, at: number): boolean {
  const before = line[at - 1] ?? " ";
  if (before === "." || before === "/" || before === "@") return WORD_CHAR.test(line[at - 2] ?? " ");
  return before === "-" || WORD_CHAR.test(before);
}

function skipBlanks(line: string, at: number): number {
  while (at < line.length && BLANK.test(line[at]!)) at++;
  return at;
}

/** The finest step named on the line: step before iter before epoch. */
function stepOf(line: string): number | null {
  let best: { readonly rank: number; readonly step: number } | null = null;
  for (const match of line.matchAll(STEP)) {
    const rank = STEP_KEYS.indexOf(match[1]!.toLowerCase());
    if (best === null || rank <= best.rank) best = { rank, step: Number(match[2]) };
  }
  return best?.step ?? null;
}
