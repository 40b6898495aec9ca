import { readFile } from "node:fs/promises";
import { text as readAll } from "node:stream/consumers";
import type { Command } from "commander";
import { NOTE_KEY } from "../../../analysis/field/trial-field.ts";
import { countWords } from "../../../analysis/words/count-words.ts";
import { AttuneError } from "../../../errors.ts";
import { notationFault } from "../../../protocol/notation-fault.ts";
import { completeParams, type JsonValue } from "../../../space/index.ts";
import { encodeNumber } from "../../../trial/encoded-number.ts";
import type { ImportedTrial } from "../../../trial/imported-trial.ts";
import type { FinishedState } from "../../../trial/trial.ts";
import type { CliContext } from "../../context.ts";
import { type PlacedCell, readCsv } from "../../csv.ts";
import { addStudyTarget } from "../../settings/table.ts";
import { type StudyTarget, withStudy } from "../../study/study-target.ts";
import { metricNumber } from "../../trial-words.ts";
import { type ColumnUse, type ImportTarget, importColumns, readForeignValue, readStateWord } from "./import-columns.ts";

interface ImportOptions extends StudyTarget {
  readonly dryRun?: boolean;
  readonly quiet?: boolean;
}

const HELP = `
The file is CSV with a heading: a column for each parameter and for the metric, by their names, and if
need be "state" (complete, pruned, failed; else all are complete). What attune export writes can be read.
Every line is checked against the space before anything is taken in. Samplers learn from imported trials;
no budget counts them. A new study is made first by attune run … --trials 0.

Examples:
  attune import old-trials.csv digits
  attune import old-trials.csv digits --dry-run
  attune export digits | attune import - digits-2`;

/** `attune import`: takes in trials that were made elsewhere, from CSV. */
export function configure(command: Command, context: CliContext): void {
  addStudyTarget(command.argument("<file>", "the CSV file, or - for standard input"))
    .option("--dry-run", "check the file, take nothing in")
    .option("--quiet", "print only errors")
    .addHelpText("after", HELP)
    .action(async (file: string, word: string | undefined, options: ImportOptions) => {
      const text = await readInput(file);
      await withStudy(context, word, options, async (study) => {
        const { trials, unknown, leftOut } = readTrials(text, file === "-" ? "standard input" : file, study);
        const { err } = context.output;
        const tell = options.quiet ? () => undefined : err;
        if (unknown.length > 0) tell(`note: neither parameter nor metric, left out: ${unknown.join(", ")}`);
        if (leftOut > 0) tell(`note: without an end, or marked invalid, left out: ${countWords(leftOut, "trial")}`);
        const count = countWords(trials.length, "trial");
        if (options.dryRun) {
          tell(
            `${count} ${trials.length === 1 ? "fits" : "fit"} study ${study.name}; nothing was taken in (--dry-run)`,
          );
          return;
        }
        const numbers = trials.length === 0 ? [] : await study.importTrials(trials);
        const place = numbers.length === 0 ? "" : `: ${numbers[0]} to ${numbers.at(-1)}`;
        tell(`${count} imported into ${study.name}${place}`);
      });
    });
}

async function readInput(file: string): Promise<string> {
  if (file === "-") return await readAll(process.stdin);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await readFile(file));
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why =
      code === "ENOENT"
        ? "there is no such file"
        : code === "ERR_ENCODING_INVALID_ENCODED_DATA"
          ? "it is not UTF-8 text"
          : message;
    throw new AttuneError("invalid-argument", `${file} cannot be read: ${why}.`, { cause });
  }
}

/** What a file holds for a study. */
interface TrialsRead {
  readonly trials: readonly ImportedTrial[];
  /** Headings that mean nothing here. */
  readonly unknown: readonly string[];
  /** Rows left out because their trial has no end (waiting, running, paused) or is marked invalid. */
  readonly leftOut: number;
}

const FINISHED: readonly FinishedState[] = ["complete", "pruned", "failed"];
const LEFT_OUT: readonly (string | null)[] = ["waiting", "running", "paused", "invalid"];
/** Mistakes told one by one; the rest are counted. */
const TOLD = 5;

interface Mistake {
  readonly cell: PlacedCell;
  readonly message: string;
}

/** The mistake of a row, thrown to end its reading. */
class RowError extends Error {
  readonly mistake: Mistake;

  constructor(cell: PlacedCell, message: string) {
    super(message);
    this.mistake = { cell, message };
  }
}

/**
 * Reads trials from CSV text: a column for each parameter and metric, `state` if there is one (else all are complete).
 *
 * @throws AttuneError `invalid-file` with line and column of what does not fit.
 */
export function readTrials(text: string, file: string, target: ImportTarget): TrialsRead {
  const [headings, ...rows] = readCsv(text, file);
  if (headings === undefined)
    throw new AttuneError("invalid-file", `${file} is empty; give a heading and a line a trial.`);
  const { uses, unknown } = importColumns(headings, target, file);
  const trials: ImportedTrial[] = [];
  const mistakes: Mistake[] = [];
  let leftOut = 0;
  for (const row of rows) {
    try {
      const trial = readRow(row, uses, target);
      if (trial === null) leftOut++;
      else trials.push(trial);
    } catch (error) {
      if (!(error instanceof RowError)) throw error;
      mistakes.push(error.mistake);
    }
  }
  if (mistakes.length > 0) throw refusal(mistakes, rows.length, file);
  return { trials, unknown, leftOut };
}

function refusal(mistakes: readonly Mistake[], rows: number, file: string): AttuneError {
  const [first, ...more] = mistakes;
  const others = more.slice(0, TOLD - 1).map(({ cell, message }) => `line ${cell.line}: ${message}`);
  const rest = more.length >= TOLD ? [`and ${countWords(more.length - TOLD + 1, "more line")}`] : [];
  const lines = [
    first!.message,
    ...others,
    ...rest,
    `Nothing was imported: ${mistakes.length} of ${countWords(rows, "line")} ${mistakes.length === 1 ? "is" : "are"} wrong.`,
  ];
  const position = { file, line: first!.cell.line, column: first!.cell.column };
  return new AttuneError("invalid-file", lines.join("\n"), { position });
}

function readRow(row: readonly PlacedCell[], uses: readonly ColumnUse[], target: ImportTarget): ImportedTrial | null {
  const [head] = row;
  if (row.length !== uses.length) {
    throw new RowError(head!, `The line has ${row.length} cells, the heading has ${uses.length}.`);
  }
  const cell = (kind: ColumnUse["kind"]): PlacedCell | null => {
    const found = row[uses.findIndex((use) => use.kind === kind)];
    return found === undefined || found.text === "" ? null : found;
  };
  const given = cell("state");
  if (given !== null && LEFT_OUT.includes(readStateWord(given.text))) return null;
  const values = readValues(row, uses);
  const state = readState(given, values, target, row, uses);
  requireWhole(state, row, uses);
  const note = cell("note");
  const [startedAt, finishedAt] = readTimes(cell("started"), cell("finished"));
  return {
    params: readParams(row, uses, target),
    state,
    values: Object.fromEntries([...values].map(([name, value]) => [name, encodeNumber(value)])),
    reports: [],
    startedAt,
    finishedAt,
    attributes: note === null ? {} : { [NOTE_KEY]: JSON.stringify(note.text) },
  };
}

function readValues(row: readonly PlacedCell[], uses: readonly ColumnUse[]): ReadonlyMap<string, number> {
  const values = new Map<string, number>();
  for (const [place, use] of uses.entries()) {
    const cell = row[place]!;
    if (use.kind !== "metric" || cell.text === "") continue;
    const value = metricNumber(cell.text);
    if (value === null) throw new RowError(cell, `${use.name} is "${cell.text}"${notNumber(cell.text)}.`);
    values.set(use.name, value);
  }
  return values;
}

/** What is wrong with it, and what to write. */
function notNumber(text: string): string {
  const fault = notationFault(text, 0);
  return fault === null || !fault.sure ? "; give a number, nan, inf or -inf" : `, ${fault.why}`;
}

/** Without a state a trial is complete, or failed when a metric is NaN. */
function readState(
  given: PlacedCell | null,
  values: ReadonlyMap<string, number>,
  { metrics }: ImportTarget,
  row: readonly PlacedCell[],
  uses: readonly ColumnUse[],
): FinishedState {
  const word = given === null ? "complete" : readStateWord(given.text);
  const state = FINISHED.find((name) => name === word);
  if (state === undefined) throw new RowError(given!, `state is "${given!.text}"; give ${FINISHED.join(", ")}.`);
  if (state !== "complete") return state;
  const missing = metrics.find(({ name }) => !values.has(name));
  if (missing !== undefined) {
    const place = uses.findIndex((use) => use.kind === "metric" && use.name === missing.name);
    throw new RowError(
      row[place]!,
      `${missing.name} is empty; a complete trial has a value. A failed one says so in a column state.`,
    );
  }
  return given === null && metrics.some(({ name }) => Number.isNaN(values.get(name))) ? "failed" : "complete";
}

/** Of a complete trial its value is compared with those of full runs. */
function requireWhole(state: FinishedState, row: readonly PlacedCell[], uses: readonly ColumnUse[]): void {
  for (const [place, use] of uses.entries()) {
    const cell = row[place]!;
    if (use.kind !== "fidelity" || state !== "complete" || cell.text === "") continue;
    const { name, high } = use.fidelity;
    if (onCell(cell, () => readForeignValue(use.fidelity, cell.text)) === high) continue;
    const message = `${name} is ${cell.text}, and a complete trial ran with the largest, ${high}; leave the line out, or give it the state pruned.`;
    throw new RowError(cell, message);
  }
}

function readParams(row: readonly PlacedCell[], uses: readonly ColumnUse[], { space }: ImportTarget) {
  const given: Record<string, JsonValue> = {};
  for (const [place, use] of uses.entries()) {
    const cell = row[place]!;
    if (use.kind !== "parameter" || (cell.text === "" && !cell.quoted)) continue;
    given[use.parameter.name] = onCell(cell, () => readForeignValue(use.parameter, cell.text));
  }
  const params = onCell(row[0]!, () => completeParams(space, given));
  for (const { name, type } of space.parameters) {
    if (type === "fixed" || !Object.hasOwn(params, name) || Object.hasOwn(given, name)) continue;
    const place = uses.findIndex((use) => use.kind === "parameter" && use.parameter.name === name);
    throw new RowError(
      row[place] ?? row[0]!,
      `${name} has no value; its default is not assumed for a trial that was made.`,
    );
  }
  return params;
}

function onCell<T>(cell: PlacedCell, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof AttuneError) throw new RowError(cell, error.message);
    throw error;
  }
}

function readTimes(started: PlacedCell | null, finished: PlacedCell | null): readonly [number | null, number | null] {
  const times = [readTime(started), readTime(finished)] as const;
  const [from, to] = times;
  if (from === null || to === null || to >= from) return times;
  const message = `The trial finished at ${finished!.text}, before it started at ${started!.text}; mend the row, or leave both empty.`;
  throw new RowError(finished!, message);
}

function readTime(cell: PlacedCell | null): number | null {
  // pandas writes NaT for no time.
  if (cell === null || cell.text === "NaT") return null;
  const time = Date.parse(cell.text);
  if (Number.isFinite(time)) return time;
  throw new RowError(cell, `"${cell.text}" is no time; write it as 2026-01-31T12:00:00Z.`);
}
