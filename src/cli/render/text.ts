import { HIDDEN } from "../../protocol/hidden-characters.ts";
import { oneLine } from "../../record/one-line.ts";
import { withoutSecrets } from "../../record/secrets.ts";

/** Stands in every style of this process's own until it is written; nobody else's text can hold it. */
// Not of `node:crypto`, which takes every command milliseconds to load.
const SIGN = String(100_000_000_000 + Math.floor(900_000_000_000 * Math.random()));

/** Styles of the tuner's own, by which they are told from those in a program's texts; the first group is the style's number. */
const OWN_STYLE = new RegExp(`\\u001b\\[(\\d+);${SIGN}m`, "g");

/** What begins or ends a style (ECMA-48, SGR) within a line that `shownLine` will show. */
export function ownStyle(code: number): string {
  return `\u001b[${code};${SIGN}m`;
}

/** A line as people get it: secrets taken out, the tuner's own colours in, all other control characters made visible. */
export function shownLine(line: string): string {
  return visibleLine(withoutSecrets(line));
}

/** The same with the secrets that it holds. */
export function visibleLine(line: string): string {
  if (PRINTABLE.test(line)) return line;
  // Every other part is the number of a style.
  return line
    .split(OWN_STYLE)
    .map((part, place) => (place % 2 === 1 ? `\u001b[${part}m` : visibleText(part)))
    .join("");
}

const TAB = "    ";

/**
 * A text for people, with what a terminal would obey written out: `\x1b` for an escape, `\u202e` for a character that turns the
 * direction. Line breaks stay, tabs become blanks.
 *
 * @example
 * visibleText("\u001b]52;c;eA\u0007"); // "\\x1b]52;c;eA\\x07"
 */
export function visibleText(text: string): string {
  return text.replace(HIDDEN, (char) => (char === "\t" ? TAB : escaped(char)));
}

function escaped(char: string): string {
  const code = char.charCodeAt(0).toString(16);
  return code.length > 2 ? `\\u${code.padStart(4, "0")}` : `\\x${code.padStart(2, "0")}`;
}

const PARTS = new RegExp(`${OWN_STYLE.source}|[\\s\\S]`, "gu");

/** Cuts a line to `width` columns, the last one an ellipsis; colours that were on are ended, and no secret is cut in two. */
export function clip(line: string, width: number): string {
  if (width === Number.POSITIVE_INFINITY || displayWidth(line) <= width) return line;
  const clean = withoutSecrets(line);
  return displayWidth(clean) <= width ? clean : cutAt(clean, width);
}

function cutAt(line: string, width: number): string {
  let [cut, taken, styled] = ["", 0, false];
  for (const [part] of line.matchAll(PARTS)) {
    if (part.length > 2) {
      cut += part;
      styled = true;
      continue;
    }
    taken += displayWidth(part);
    if (taken > width - 1) break;
    cut += part;
  }
  return `${cut}${width > 0 ? "…" : ""}${styled ? ownStyle(0) : ""}`;
}

/** Letters that take two columns: East Asian wide and fullwidth ones, emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Letters that take none: combining marks, joiners, variation selectors. */
const NONE = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** Nothing but letters of one column, which most cells of most tables hold. */
const PRINTABLE = /^[ -~]*$/;

/** Columns a text takes on a terminal once it is shown: colours not counted, control characters as they are written out. */
export function displayWidth(text: string): number {
  if (PRINTABLE.test(text)) return text.length;
  let width = 0;
  for (const letter of visibleText(text.replace(OWN_STYLE, ""))) width += letterWidth(letter);
  return width;
}

function letterWidth(letter: string): number {
  if (letter < "\u0300") return 1;
  if (NONE.test(letter)) return 0;
  return WIDE.test(letter) ? 2 : 1;
}

/** Folds a text between words so that each line keeps within `width` columns (Infinity: one line); longer words stay whole. */
export function wrapWords(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line === "") line = word;
    else if (displayWidth(line) + 1 + displayWidth(word) <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

/** One column: its heading and whether its cells stand at the right. */
interface Column {
  readonly title: string;
  readonly align: "left" | "right";
}

/**
 * Lays rows out under their headings, two blanks between columns; a line is cut at `width` with an ellipsis
 * (Infinity: never). Line breaks within a cell become blanks.
 */
export function renderTable(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): string[] {
  const cells = [columns.map((column) => column.title), ...rows];
  return tableLines(columns, cells, columnWidths(cells), width);
}

/** How wide the columns of a table are that has these rows, and others that were as wide as `known`. */
export function columnWidths(rows: readonly (readonly string[])[], known: readonly number[] = []): readonly number[] {
  const widths = known.slice();
  for (const row of rows)
    for (const [place, cell] of row.entries())
      widths[place] = Math.max(widths[place] ?? 0, displayWidth(oneLine(cell)));
  return widths;
}

/** Rows of a table whose columns are so wide, as `renderTable` lays them out. */
export function tableLines(
  columns: readonly Pick<Column, "align">[],
  rows: readonly (readonly string[])[],
  widths: readonly number[],
  width: number,
): string[] {
  return rows.map((row) => {
    const padded = columns.map(({ align }, place) => pad(oneLine(row[place] ?? ""), widths[place] ?? 0, align));
    return clip(padded.join("  ").trimEnd(), width);
  });
}

function pad(text: string, width: number, align: Column["align"]): string {
  const blanks = " ".repeat(Math.max(0, width - displayWidth(text)));
  return align === "right" ? blanks + text : text + blanks;
}

/** Colours for a stream that shows them; each function returns its text unchanged where it does not. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
}

/** A paint that colours, or one that leaves everything plain. */
export function createPaint(enabled: boolean): Paint {
  const wrap = (open: number, close: number) => (text: string) =>
    enabled ? `${ownStyle(open)}${text}${ownStyle(close)}` : text;
  return { bold: wrap(1, 22), dim: wrap(2, 22), red: wrap(31, 39), green: wrap(32, 39), yellow: wrap(33, 39) };
}

/** The signs that figures are drawn with. */
export interface Glyphs {
  /** Eight heights, lowest first. */
  readonly steps: readonly string[];
  readonly full: string;
  readonly empty: string;
  readonly dot: string;
  readonly best: string;
  readonly mean: string;
  readonly vertical: string;
  readonly corner: string;
  readonly horizontal: string;
}

const UNICODE: Glyphs = {
  steps: [..."▁▂▃▄▅▆▇█"],
  full: "█",
  empty: "░",
  dot: "·",
  best: "●",
  mean: "◆",
  vertical: "│",
  corner: "└",
  horizontal: "─",
};

const ASCII: Glyphs = {
  steps: [..."_.-~=+*#"],
  full: "#",
  empty: ".",
  dot: ".",
  best: "*",
  mean: "o",
  vertical: "|",
  corner: "+",
  horizontal: "-",
};

/** Unicode signs where the locale says that the terminal shows them, else ASCII ones. */
export function glyphsFor(environment: NodeJS.ProcessEnv): Glyphs {
  const locale = environment.LC_ALL || environment.LC_CTYPE || environment.LANG || "";
  return /utf-?8/i.test(locale) || process.platform === "win32" || process.platform === "darwin" ? UNICODE : ASCII;
}
