import { type CellKind, cellKind } from "./table-cells.ts";
import type { TableRow } from "./table-row.ts";

/** Whether a line goes on with a table, begins something else, or cannot be told. */
export type RowVerdict = "row" | "end" | "unclear";

/** What stood between a line and the row before it. */
export interface RowGap {
  /** Nothing or a repeated header; blank lines; other text. */
  readonly kind: "none" | "blank" | "text";
  /** The last other line, or null. */
  readonly text: string | null;
  /** Whether that line could head another table: names alone, as many as there are columns. */
  readonly header: boolean;
}

/** What programs say between the rows of a table that goes on. */
const LOG_LINE =
  /^\s*[[<(]|\b(?:sav(?:ed|ing)|wr(?:ote|itten|iting)|load(?:ed|ing)|checkpoint\w*|stor(?:ed|ing)|warn\w*|\w+warning|improv\w*|decreas\w*|increas\w*|reduc\w*|patience|early|best|epoch\w*|validat(?:ed|ing)|evaluat(?:ed|ing)|done|skipp\w*|took|elapsed)\b|(?:…|\.{3}|!)\s*$/i;

/** What begins anew. */
const RESTART = /\b(?:fold|runs?|restart\w*|resum\w*|stage|phase|cycle|repeat|seed|attempt)\b/i;

/** Columns of another kind than ever before: `strange` between words and numbers, `other` between whole numbers and decimals. */
interface Change {
  readonly strange: number;
  readonly other: number;
  /** Columns that hold a number now, that of steps aside. */
  readonly numbers: number;
}

/** What the rows of one table have in common, learned as they come. */
export class TableShape {
  /** Index of the column of steps, or -1. */
  readonly #named: number;
  readonly #loose: boolean;
  #kinds: Set<CellKind>[] = [];
  #bracketed = false;
  #indents: { readonly at: number; readonly end: number }[] = [];
  #steps: number[] = [];
  #rows = 0;
  /** Texts met between rows, without their numbers. */
  readonly #between = new Set<string>();

  constructor(step: number, loose: boolean) {
    this.#named = step;
    this.#loose = loose;
  }

  get rows(): number {
    return this.#rows;
  }

  /** Judges a line that has as many cells as the table has columns. */
  judge(row: TableRow, gap: RowGap): RowVerdict {
    if (this.#rows === 0) return this.#judgeFirst(row, gap);
    if (row.bracketed !== this.#bracketed) return "end";
    const change = this.#compare(row);
    const ahead = this.#ahead(row);
    if (gap.kind === "none") return this.#judgeNext(row, change, ahead);
    const { strange, other, numbers } = change;
    if (ahead === "back") return other + strange === 0 && RESTART.test(gap.text ?? "") ? "unclear" : "end";
    if (ahead === "ahead" && this.#isRegular(row)) return this.#judgeRegular(row, gap, change);
    if (strange > 0 || (other > 0 && other === numbers)) return "end";
    if (ahead === "none") return this.#judgeUncounted(row, gap, other);
    if (ahead === "same") return other === 0 && !gap.header && this.#named >= 0 ? "row" : "end";
    if (other > 0 || !this.#isPlaced(row) || (gap.header && !this.#isLog(gap.text))) return "unclear";
    const mixed = row.cells.some((cell) => cellKind(cell) === "decimal");
    return mixed || this.#isLog(gap.text) ? "row" : "unclear";
  }

  add(row: TableRow, gap: RowGap): void {
    this.#bracketed = row.bracketed;
    const step = this.#stepOf(row);
    if (step !== null) this.#steps = [...this.#steps.slice(-3), step];
    this.#kinds = row.cells.map((cell, index) => (this.#kinds[index] ?? new Set<CellKind>()).add(cellKind(cell)));
    this.#indents = [...this.#indents.slice(-3), placeOf(row)];
    if (gap.text !== null && this.#rows > 0 && this.#between.size < 100) this.#between.add(formOf(gap.text));
    this.#rows++;
  }

  #judgeFirst(row: TableRow, gap: RowGap): RowVerdict {
    if (gap.kind !== "text" || !this.#loose) return "row";
    return this.#named >= 0 && gap.text !== null && LOG_LINE.test(gap.text) && !row.bracketed ? "row" : "end";
  }

  /** Behind a gap in a table that nothing counts: only what is surely the same goes on. */
  #judgeUncounted(row: TableRow, gap: RowGap, other: number): RowVerdict {
    if (row.label !== null && gap.kind === "blank") return "row";
    if (other > 0 || !this.#isPlaced(row) || gap.header) return "unclear";
    if (gap.kind === "blank") return this.#loose ? "unclear" : "row";
    return this.#isLog(gap.text) ? "row" : "unclear";
  }

  /** Behind a gap, one step on from the row before. */
  #judgeRegular(row: TableRow, gap: RowGap, { strange, other, numbers }: Change): RowVerdict {
    const log = this.#isLog(gap.text);
    if (gap.header && !log && other > 0 && other === numbers) return "end";
    if (!this.#isPlaced(row) || (other + strange) * 2 > numbers) return "unclear";
    return !gap.header || this.#rows > 1 || log ? "row" : "unclear";
  }

  #judgeNext(row: TableRow, { strange, other, numbers }: Change, ahead: string): RowVerdict {
    const back = ahead === "back" && this.#named >= 0;
    if (strange * 2 > row.cells.length || (back && other > 1 && other === numbers)) return "end";
    return back ? "unclear" : "row";
  }

  #isLog(text: string | null): boolean {
    return text !== null && (LOG_LINE.test(text) || this.#between.has(formOf(text)));
  }

  #compare(row: TableRow): Change {
    let [strange, other, numbers] = [0, 0, 0];
    const counting = this.#countingColumn();
    for (const [index, cell] of row.cells.entries()) {
      const kind = cellKind(cell);
      const known = this.#kinds[index]!;
      if (index === counting || kind === "empty") continue;
      if (isNumber(kind)) numbers++;
      if (known.has(kind) || [...known].every((one) => one === "empty")) continue;
      if (isNumber(kind) && (known.has("whole") || known.has("decimal"))) other++;
      else strange++;
    }
    return { strange, other, numbers };
  }

  #ahead(row: TableRow): "ahead" | "same" | "back" | "none" {
    const last = this.#steps.at(-1);
    if (last === undefined) return "none";
    const step = this.#stepOf(row);
    if (step === null) return "none";
    return step > last ? "ahead" : step === last ? "same" : "back";
  }

  #isRegular(row: TableRow): boolean {
    const step = this.#stepOf(row)!;
    const last = this.#steps.at(-1)!;
    const before = this.#steps.at(-2);
    if (before === undefined) return step === last + 1 || step === 2 * last || (last <= 1 && step % 10 === 0);
    const stride = last - before;
    return stride > 0 && (step - last) % stride === 0 && step - last <= 4 * stride;
  }

  /** False for a line that begins elsewhere than any row before, neither its left nor its right edge in line. */
  #isPlaced(row: TableRow): boolean {
    const place = placeOf(row);
    return this.#indents.some(({ at, end }) => at === place.at || end === place.end);
  }

  /** The number in the column of steps; where none is named so, in a first column that held whole numbers alone, ever larger. */
  #stepOf(row: TableRow): number | null {
    const column = this.#countingColumn();
    const match = column < 0 ? null : /^\[?(\d{1,15})(?:\.0*)?(?:\/\d+)?\]?$/.exec(row.cells[column] ?? "");
    return match === null ? null : Number(match[1]);
  }

  #countingColumn(): number {
    if (this.#named >= 0) return this.#named;
    const first = this.#kinds[0];
    const counted = first === undefined || (first.size === 1 && first.has("whole"));
    return counted && this.#steps.every((step, index) => index === 0 || step > this.#steps[index - 1]!) ? 0 : -1;
  }
}

function isNumber(kind: CellKind): boolean {
  return kind === "whole" || kind === "decimal";
}

function placeOf({ indent, cells }: TableRow): { readonly at: number; readonly end: number } {
  return { at: indent, end: indent + cells[0]!.length };
}

function formOf(text: string): string {
  return text.replace(/\d+/g, "0");
}
