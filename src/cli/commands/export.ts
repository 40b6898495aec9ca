import { statSync } from "node:fs";
import { extname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Command } from "commander";
import { AttuneError } from "../../errors.ts";
import type { Study } from "../../study/index.ts";
import type { CliContext } from "../context.ts";
import { EXPORT_FORMATS, type ExportFormat } from "../export/export-format.ts";
import { recordText } from "../record-text.ts";
import { visibleText } from "../render/visible-text.ts";
import { DeclaredOption } from "../settings/options.ts";
import { addStudyTarget } from "../study-options.ts";
import { type StudyTarget, withStudy } from "../study-target.ts";
import { findField, selectTrials, type TrialSelection } from "../trials/select-trials.ts";
import { trialFields } from "../trials/trial-fields.ts";
import { valueWriterOf } from "../value-writer-of.ts";

interface ExportOptions extends StudyTarget, TrialSelection {
  readonly output?: string;
  readonly format?: string;
  readonly columns?: string;
  readonly spreadsheet?: boolean;
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
    .option("--quiet", "print only errors")
    .addHelpText("after", HELP)
    .action(async (word: string | undefined, options: ExportOptions) => {
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
  const fields = trialFields(study);
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
  const { writeResult } = await import("../export/write-result.ts");
  await writeResult(options.output, isDevice(options.output) ? visiblePieces(pieces) : pieces);
  const count = trials.length === 1 ? "1 trial" : `${trials.length} trials`;
  if (!options.quiet) output.err(`${count} of ${study.name} written to ${options.output}`);
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
      return (await import("../export/csv-text.ts")).csvText(trials, columns, { spreadsheet });
    case "json":
      return [
        `${recordText((await import("../export/json-document.ts")).jsonDocument(study, trials), valueWriterOf(study), 1)}\n`,
      ];
    case "parquet":
      return [(await import("../export/parquet-bytes.ts")).parquetBytes(trials, columns)];
  }
}
