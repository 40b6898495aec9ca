import type { JsonValue } from "../../../space/json.ts";

/** What a row holds; undefined for nothing. */
export type Cell = JsonValue | undefined;

/** What the cells of a column have in common. */
export interface CellSurvey {
  /** Rows that hold anything. */
  readonly present: number;
  readonly numbers: number;
  readonly objects: number;
  readonly lists: number;
  /** The one null, boolean, number or text that all are; undefined when there is none. */
  readonly same: Cell;
  /** True when most are numbers and these are whole ones, near enough to each other. */
  readonly integers: boolean;
  readonly low: number;
  readonly high: number;
  /** Rows that hold another number than the one before, the first among them; as many as rows where some are no numbers. */
  readonly runs: number;
  /** How far each number is from the one before; NaN where it is not always the same. */
  readonly by: number;
  /** How many hexadecimal digits each is, an even number; 0 when they are anything else. */
  readonly digits: number;
}

const MOST_DIGITS = 254;
/** Four bytes, and one number of them for what is no number. */
const WIDEST = 0xffff_fffe;
const HEXADECIMAL = /^[0-9a-f]+$/u;

export function surveyCells(cells: readonly Cell[]): CellSurvey {
  const only = oneOf(cells);
  if (only !== undefined) return { ...NOTHING, present: cells.length, same: only };
  let [present, numbers, objects, lists, whole] = [0, 0, 0, 0, 0];
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let first: Cell;
  let same = true;
  let digits: number | null = null;
  let [runs, by, before] = [0, Number.NaN, Number.NaN];
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row];
    if (cell === undefined) continue;
    if (present++ === 0) first = cell;
    if (typeof cell === "number") {
      if (cell !== first) same = false;
      if (cell !== before) runs++;
      if (row === 1) by = cell - before;
      else if (cell - before !== by) by = Number.NaN;
      before = cell;
      numbers++;
      if (Number.isSafeInteger(cell)) whole++;
      if (cell < low) low = cell;
      if (cell > high) high = cell;
      digits = 0;
    } else if (typeof cell === "object" && cell !== null) {
      same = false;
      if (Array.isArray(cell)) lists++;
      else objects++;
      digits = 0;
    } else {
      if (cell !== first) same = false;
      digits = digitsWith(digits, cell);
    }
  }
  const integers = 4 * numbers >= 3 * present && whole === numbers && high - low <= WIDEST;
  return {
    present,
    numbers,
    objects,
    lists,
    same: same ? first : undefined,
    integers,
    low,
    high,
    runs: numbers === cells.length ? runs : cells.length,
    by: numbers === cells.length ? by : Number.NaN,
    digits: digits ?? 0,
  };
}

const NOTHING: CellSurvey = {
  ...{
    present: 0,
    numbers: 0,
    objects: 0,
    lists: 0,
    same: undefined,
    integers: false,
    low: 0,
    high: 0,
    runs: 0,
    by: 0,
    digits: 0,
  },
};

/** The plain value that all cells are: most columns say the same of all trials. */
function oneOf(cells: readonly Cell[]): Cell {
  const first = cells[0];
  if (typeof first === "object" && first !== null) return undefined;
  for (let row = 1; row < cells.length; row++) if (cells[row] !== first) return undefined;
  return first;
}

function digitsWith(digits: number | null, cell: JsonValue): number {
  if (digits === 0 || typeof cell !== "string" || cell.length === 0) return 0;
  if (digits !== null && cell.length !== digits) return 0;
  return cell.length % 2 === 0 && cell.length <= MOST_DIGITS && HEXADECIMAL.test(cell) ? cell.length : 0;
}
