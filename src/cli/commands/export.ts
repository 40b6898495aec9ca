import { statSync } from "node:fs";
import { extname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Command } from "commander";
import { noteOf } from "../../analysis/field/trial-field.ts";
import { scheduleOf } from "../../analysis/index.ts";
import { countWords } from "../../analysis/words/count-words.ts";
import { AttuneError } from "../../errors.ts";
import { jsonText, recordText } from "../../record/json-text.ts";
import { printedTemplate, withoutSecrets } from "../../record/secrets.ts";
import { derivedOf, trialRecord } from "../../record/trial-record.ts";
import { formatJson, type JsonValue, spaceToJson } from "../../space/index.ts";
import type { Study } from "../../study/index.ts";
import type { Trial } from "../../trial/trial.ts";
import type { CliContext } from "../context.ts";
import { csvText } from "../csv.ts";
import { visibleText } from "../render/text.ts";
import { readCount } from "../settings/given-setting.ts";
import { addStudyTarget, DeclaredOption } from "../settings/table.ts";
import { type StudyTarget, withStudy } from "../study/study-target.ts";
import { findField, selectTrials, type TrialField, type TrialSelection, trialFields } from "../study/trial-fields.ts";
import { valueWriterOf } from "../study/winning-command.ts";
import { writeResult } from "../write-result.ts";

interface ExportOptions extends StudyTarget, TrialSelection {
  readonly output?: string;
  readonly format?: string;
  readonly columns?: string;
  readonly spreadsheet?: boolean;
  readonly schedule?: boolean;
  readonly trial?: string;
  readonly quiet?: boolean;
}

const HELP = `
The format follows the file's ending (.csv, .json, .parquet); without a file CSV goes to standard output.
JSON holds more: the space, every report, replicates.

Examples:
  attune export digits --output trials.csv
  attune export digits --output trials.parquet
  attune export digits --spreadsheet --output trials.csv
  attune export digits --format json | jq '.trials[0].reports'
  attune export digits --schedule --output schedule.json
  attune export digits --filter "state == 'complete'" --columns trial,lr,loss`;

/** `attune export`: the trials of a study as CSV, JSON or Parquet. */
export function configure(command: Command, context: CliContext): void {
  addStudyTarget(command)
    .option("-o, --output <file>", "the file to write (default: standard output)")
    .addOption(
      new DeclaredOption("--format <format>", "csv, json or parquet (default: by the file's ending, else csv)", {
        words: EXPORT_FORMATS,
      }),
    )
    .option("--filter <expression>", "only trials for which this is true, as in attune trials")
    .option("--sort <columns>", "sort by these, separated by commas; -name from large to small")
    .option("--columns <columns>", "only these columns, separated by commas (csv and parquet)")
    .option(
      "--spreadsheet",
      "mark cells that a spreadsheet would run as formulas with ' (csv); import takes the mark off",
    )
    .option("--schedule", "how the winner's parameters changed on its way (scheduler pbt), as --scheduler takes it")
    .option("--trial <number>", "with --schedule: of this trial")
    .option("--quiet", "print only errors")
    .addHelpText("after", HELP)
    .action(async (word: string | undefined, options: ExportOptions) => {
      if (options.schedule !== true && options.trial !== undefined)
        throw new AttuneError("invalid-argument", "--trial goes with --schedule; --filter takes single trials.");
      if (options.schedule === true) {
        await withStudy(context, word, options, async (study) => await writeSchedule(study, options, context));
        return;
      }
      const format = formatOf(options);
      await withStudy(context, word, options, async (study) => await write(study, format, options, context));
    });
}

function formatOf({ format, output, columns, spreadsheet }: ExportOptions): ExportFormat {
  const ending = output === undefined ? "" : extname(output).slice(1).toLowerCase();
  const given = format ?? (ending === "" && output === undefined ? "csv" : ending);
  const known = EXPORT_FORMATS.find((name) => name === given);
  if (known === undefined) {
    const [what, name] = format === undefined ? ["The file's ending", ending] : ["--format", format];
    throw new AttuneError(
      "invalid-argument",
      `${what} is "${name}"; give one of ${EXPORT_FORMATS.join(", ")} as --format.`,
    );
  }
  if (known === "json" && columns !== undefined) {
    throw new AttuneError("invalid-argument", "--columns goes with csv and parquet; JSON holds whole trials.");
  }
  if (known !== "csv" && spreadsheet === true) {
    throw new AttuneError("invalid-argument", `--spreadsheet goes with csv; what is written is ${known}.`);
  }
  if (known === "parquet" && output === undefined && process.stdout.isTTY) {
    throw new AttuneError("invalid-argument", "Parquet is no text for a terminal; give --output FILE.parquet.");
  }
  return known;
}

async function write(
  study: Study,
  format: ExportFormat,
  options: ExportOptions,
  { output }: CliContext,
): Promise<void> {
  const fields = trialFields(study, study.askedParameters);
  const trials = selectTrials(study.trials(), fields, options);
  const columns =
    options.columns === undefined
      ? [...fields.values()]
      : options.columns.split(",").map((name) => findField(name.trim(), fields, "--columns"));
  const pieces = await piecesOf(study, trials, format, columns, options);
  if (options.output === undefined) {
    const shown = process.stdout.isTTY ? visiblePieces(pieces) : pieces;
    await pipeline(Readable.from(shown, { objectMode: false }), process.stdout, { end: false });
    return;
  }
  await writeResult(options.output, isDevice(options.output) ? visiblePieces(pieces) : pieces);
  const count = countWords(trials.length, "trial");
  if (!options.quiet) output.err(`${count} of ${study.name} written to ${options.output}`);
}

/** The schedule of the winner, or of a trial that is asked for, as the scheduler that goes by it is written. */
async function writeSchedule(study: Study, options: ExportOptions, { output }: CliContext): Promise<void> {
  const other = (["format", "columns", "filter", "sort", "spreadsheet"] as const).find((name) => name in options);
  if (other !== undefined)
    throw new AttuneError("invalid-argument", `--${other} does not go with --schedule, which is one JSON object.`);
  const { trial: label, output: file } = options;
  const given = label === undefined ? null : readCount({ value: label, label: "--trial", position: null }, 0);
  const number = given ?? study.summary().winner?.number ?? null;
  if (number === null)
    throw new AttuneError(
      "invalid-argument",
      `Study ${study.name} has no winner yet; give the --trial whose schedule is meant.`,
    );
  const schedule = scheduleOf(study.trial(number), (one) => study.trial(one));
  const text = jsonText({ name: "pbt", schedule });
  if (file === undefined) output.out(text, "exact");
  else {
    await writeResult(file, [`${text}\n`]);
    if (!options.quiet) output.err(`the schedule of trial ${number} of ${study.name} written to ${file}`);
  }
}

/** Such as /dev/tty. */
function isDevice(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isCharacterDevice() === true;
}

/** A file keeps every character, a terminal gets none that it would obey. */
function* visiblePieces(pieces: Iterable<string | Uint8Array>): Generator<string | Uint8Array> {
  for (const piece of pieces) yield typeof piece === "string" ? visibleText(piece) : piece;
}

async function piecesOf(
  study: Study,
  trials: ReturnType<typeof selectTrials>,
  format: ExportFormat,
  columns: ReturnType<typeof findField>[],
  { spreadsheet = false }: ExportOptions,
): Promise<Iterable<string | Uint8Array>> {
  switch (format) {
    case "csv":
      return csvText(trials, columns, { spreadsheet });
    case "json":
      return [`${recordText(jsonDocument(study, trials), valueWriterOf(study), 1)}\n`];
    case "parquet":
      return [await parquetBytes(trials, columns)];
  }
}

/** What trials can be written as. */
const EXPORT_FORMATS = ["csv", "json", "parquet"] as const;

type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** A study with trials as one JSON object: all that `trials --json` says, and reports, replicates, notes and attributes. */
function jsonDocument(study: Study, trials: readonly Trial[]) {
  const { name, metrics, seed, settings, space } = study;
  const source = { space, programParams: ({ number }: Trial) => study.programParams(number) };
  return {
    study: name,
    metrics,
    ...(settings.limits !== undefined && { limits: settings.limits }),
    ...(settings.grows !== undefined && { grows: settings.grows }),
    seed,
    sampler: settings.sampler,
    space: spaceToJson(space),
    heldOut: study.heldOut.map((run) => ({ ...run, command: printedTemplate(run.command) })),
    trials: trials.map((trial) => {
      const { configuration, replicate, reports } = trial;
      return {
        ...trialRecord(trial, derivedOf(source, trial)),
        configuration,
        replicate,
        note: noteOf(trial),
        reports,
      };
    }),
  };
}

/** Fields that are points in time. */
const TIMES = ["started", "finished"];
const INT32 = 2_147_483_647;

/**
 * Trials as a Parquet file, one column for each field: DOUBLE or INT32, BOOLEAN, TIMESTAMP, STRING; values of mixed types as
 * JSON in a STRING. What a trial has no value of is null.
 */
export async function parquetBytes(trials: readonly Trial[], fields: readonly TrialField[]): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await import("hyparquet-writer");
  const columnData = fields.map((field) => column(field, trials.map(field.value)));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

function column({ name, variable, integer, spelled }: TrialField, values: readonly (JsonValue | undefined)[]) {
  const filled = values.filter((value) => value !== undefined);
  if (TIMES.includes(name)) {
    return { name, type: "TIMESTAMP", data: nullable(values, (value) => new Date(String(value))) } as const;
  }
  const all = (type: string): boolean =>
    filled.length === 0 ? variable.types.has(type as "number") : filled.every((v) => typeof v === type);
  if (all("number")) {
    const type = integer && filled.every(isInt32) ? "INT32" : "DOUBLE";
    return { name, type, data: nullable(values, Number) } as const;
  }
  if (all("boolean")) return { name, type: "BOOLEAN", data: nullable(values, Boolean) } as const;
  const plain = filled.every((value) => typeof value === "string");
  return {
    name,
    type: "STRING",
    data: nullable(values, (value) => withoutSecrets(plain ? String(value) : formatJson(spelled?.(value) ?? value))),
  } as const;
}

function nullable<T>(values: readonly (JsonValue | undefined)[], convert: (value: JsonValue) => T): (T | null)[] {
  return values.map((value) => (value === undefined ? null : convert(value)));
}

function isInt32(value: JsonValue): boolean {
  return Number.isInteger(value) && Math.abs(Number(value)) <= INT32 && !Object.is(value, -0);
}
