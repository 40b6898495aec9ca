import { STATE_CODES } from "../history-view.ts";
import type { RowsPart } from "./rows-part.ts";
import type { TrialRows } from "./trial-rows.ts";

/** A number of each of some rows, by place in the list. */
export type Series = Uint8Array | Int32Array | Float64Array;

/** One thing of all trials. */
export interface SeriesKind {
  readonly name: string;
  readonly make: new (length: number) => Series;
  readonly read: Reading;
  /** Copies that of all rows to a place; false, and nothing is done, where it has to be looked at each. */
  copy?(rows: TrialRows, series: Float64Array, place: number): boolean;
}

/** How a number is read of each of some rows; a number where all have the same, and of rows that follow one another by one `from`. */
export type Reading = (rows: TrialRows) => number | { readonly from: number } | ((row: number) => number);

/** What can be asked of all trials, by name. */
export const SERIES = {
  number: {
    name: "number",
    make: Int32Array,
    read: (rows) => (rows.first === null ? (row) => rows.number(row) : { from: rows.first }),
  },

  state: {
    name: "state",
    make: Uint8Array,
    read: (rows) => {
      const { state } = rows.all;
      return state === undefined ? (row) => STATE_CODES.indexOf(rows.state(row)) : STATE_CODES.indexOf(state);
    },
  },

  hidden: {
    name: "hidden",
    make: Uint8Array,
    read: (rows) => {
      const { isHidden } = rows.all;
      return isHidden === undefined ? (row) => Number(rows.isHidden(row)) : Number(isHidden);
    },
  },

  configuration: {
    name: "configuration",
    make: Int32Array,
    read: (rows) =>
      rows.firstConfiguration === null ? (row) => rows.configuration(row) : { from: rows.firstConfiguration },
  },

  replicate: {
    name: "replicate",
    make: Uint8Array,
    read: (rows) => {
      const { isReplicate } = rows.all;
      return isReplicate === undefined ? (row) => Number(rows.isReplicate(row)) : Number(isReplicate);
    },
  },

  seconds: {
    name: "seconds",
    make: Float64Array,
    read: (rows) => (row) => rows.seconds(row) ?? Number.NaN,
    copy: (rows, series, place) => rows.copySeconds(series, place),
  },

  imported: {
    name: "imported",
    make: Uint8Array,
    read: (rows) => {
      const { isImported } = rows.all;
      return isImported === undefined ? (row) => Number(rows.isImported(row)) : Number(isImported);
    },
  },

  program: {
    name: "program",
    make: Uint8Array,
    read: (rows) => {
      const { isOfProgram } = rows.all;
      return isOfProgram === undefined ? (row) => Number(rows.isOfProgram(row)) : Number(isOfProgram);
    },
  },

  decided: {
    name: "decided",
    make: Uint8Array,
    read: (rows) => {
      const { isDecided } = rows.all;
      return isDecided === undefined ? (row) => Number(rows.isDecided(row)) : Number(isDecided);
    },
  },

  reports: {
    name: "reports",
    make: Int32Array,
    read: (rows) => (row) => rows.reportCount(row),
  },
} satisfies Readonly<Record<string, SeriesKind>>;

/** What is asked for of most studies that are summed up. */
export const USUAL_SERIES: readonly SeriesKind[] = [
  SERIES.number,
  SERIES.state,
  SERIES.hidden,
  SERIES.configuration,
  SERIES.seconds,
  SERIES.imported,
  SERIES.program,
  SERIES.decided,
  SERIES.reports,
];

/** Values of a metric; NaN where there is none. */
export function valueSeries(metric: string): SeriesKind {
  return {
    name: `value ${metric}`,
    make: Float64Array,
    read: (rows) => rows.values(metric),
    copy: (rows, series, place) => rows.copyValues(metric, series, place),
  };
}

/** Fills in the part's rows: copied where the rows follow one another, as far as that can be; else read. */
export function fillSeries(
  { read, copy }: Pick<SeriesKind, "read" | "copy">,
  series: Series,
  part: RowsPart,
  rows: TrialRows,
): void {
  const copied = part.first !== null && series instanceof Float64Array && copy?.(rows, series, part.first) === true;
  if (!copied) fill(series, part, rows, read(rows));
}

function fill(series: Series, part: RowsPart, rows: TrialRows, read: ReturnType<Reading>): void {
  const [{ length }, { first }] = [rows, part];
  if (typeof read === "function") {
    if (first === null) for (let row = 0; row < length; row++) series[rows.number(row)] = read(row);
    else for (let row = 0; row < length; row++) series[first + row] = read(row);
  } else if (typeof read === "object") {
    for (let row = 0; row < length; row++) series[placeOf(part, rows, row)] = read.from + row;
  } else if (first !== null) series.fill(read, first, first + length);
  else for (let row = 0; row < length; row++) series[rows.number(row)] = read;
}

/** Place in the list of a row. */
export function placeOf({ first }: RowsPart, rows: TrialRows, row: number): number {
  return first === null ? rows.number(row) : first + row;
}
