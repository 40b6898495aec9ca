import { metricLikeValues } from "./read-metric-line.ts";
import { cellNumber, isRule, splitCells, tableText } from "./table-cells.ts";

const MAX_NAMES = 30;
const MAX_LINE = 2_000;
const MAX_FORMS = 1_000;
const SPLITS = ["pipes", "tabs", "commas", "columns", "words"] as const;
/** `val loss 0.31` and `  NER F   78.12`, at a line's start or behind a separator. */
const BEHIND_BLANKS =
  /(?:^|[,;|│┃]|\s[-–—]\s)\s{0,40}(\p{L}[\p{L}\p{N}_/@.%-]{0,40}(?: \p{L}[\p{L}\p{N}_/@%-]{0,20}){0,4})(?:\s{1,40}|\s*[|│┃]\s*)[-+]?\d{1,15}\.\d/gu;

/** Names in an output that could be asked for, whole phrases, in order of appearance; at most 30. */
export class SeenNames {
  readonly #names = new Set<string>();
  readonly #forms = new Set<string>();
  /** The line before, where it could head a table. */
  #above: string | null = null;

  get names(): readonly string[] {
    return [...this.#names];
  }

  get full(): boolean {
    return this.#names.size >= MAX_NAMES;
  }

  gather(line: string): void {
    // Lines that differ in their numbers alone name the same.
    const form = line.length > MAX_LINE ? null : line.replace(/\d+/g, "0");
    if (form !== null && this.#above === null && this.#forms.has(form)) return;
    if (form !== null && this.#forms.size < MAX_FORMS) this.#forms.add(form);
    for (const [name] of metricLikeValues(line)) this.#add(name);
    if (line.length > MAX_LINE || isRule(line)) return;
    const text = tableText(line);
    if (!/\d/.test(text)) {
      this.#above = text;
      return;
    }
    for (const name of this.#above === null ? [] : headsOf(this.#above, text)) this.#add(name);
    this.#above = null;
    for (const [, name] of text.matchAll(BEHIND_BLANKS)) this.#add(name!);
  }

  #add(name: string): void {
    if (!this.full && name.length <= 100) this.#names.add(name);
  }
}

/** The names above a row that has a number under most of them. */
function headsOf(above: string, row: string): readonly string[] {
  for (const split of SPLITS) {
    const names = splitCells(above, split);
    const cells = names === null ? null : splitCells(row, split === "columns" ? "words" : split);
    if (names === null || cells === null || cells.length < names.length || cells.length > names.length + 1) continue;
    const numbers = cells.filter((cell) => cellNumber(cell) !== null).length;
    if (numbers * 2 < names.length) continue;
    return names.filter((name) => /\p{L}/u.test(name));
  }
  return [];
}
