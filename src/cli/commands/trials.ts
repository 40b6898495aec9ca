import type { Command } from "commander";
import type { StudyReader } from "../../study/study-reader.ts";
import { encodeNumber } from "../../trial/encoded-number.ts";
import type { Trial } from "../../trial/trial.ts";
import type { CliContext } from "../context.ts";
import { jsonText, rawValue, recordText } from "../json-text.ts";
import { quietly } from "../output.ts";
import { renderTable } from "../render/text.ts";
import { readCount } from "../settings/given-setting.ts";
import { addStudyTarget } from "../settings/table.ts";
import { derivedOf, trialRecord } from "../study/study-record.ts";
import { lookAtStudy, type StudyTargetOptions } from "../study/study-target.ts";
import {
  defaultColumns,
  findField,
  pageOfTrials,
  type TrialField,
  type TrialSelection,
  trialFields,
} from "../study/trial-fields.ts";
import { valueWriterOf } from "../study/winning-command.ts";

const HELP = `
Filter, sort and columns know each parameter and metric by its name, and trial, state, outcome, origin,
configuration, replicate, seed, fold, attempts, steps, time (seconds), started, finished, message, note, invalid.

Examples:
  attune trials digits
  attune trials digits --filter "lr < 1e-3 and state == 'failed'"
  attune trials digits --sort loss --columns trial,loss,lr
  attune trials digits --sort -time      # the longest first
  attune trials digits --sort loss --limit 10
  attune trials digits --limit 100 --after 99      # a page: the hundred behind trial 99
  attune trials digits --json | jq 'select(.state == "complete") | .values'`;

interface TrialsOptions extends StudyTargetOptions, TrialSelection {
  readonly columns?: string;
  readonly limit?: string;
  readonly after?: string;
}

/** `attune trials`: trials as a table, or one JSON object a line. */
export function configure(command: Command, context: CliContext): void {
  addStudyTarget(command)
    .option("--filter <expression>", "only trials for which this is true")
    .option("--sort <columns>", "sort by these, separated by commas; -name from large to small")
    .option("--columns <columns>", "show these, separated by commas")
    .option("--limit <count>", "show no more than so many")
    .option("--after <trial>", "only trials with a higher number than this")
    .option("--json", "print one JSON object a line")
    .option("--quiet", "print only the result and errors")
    .addHelpText("after", HELP)
    .action(async (word: string | undefined, options: TrialsOptions) => {
      await lookAtStudy(context, word, options, async (study) => list(study, options, quietly(context, options)));
    });
}

function list(study: StudyReader, options: TrialsOptions, { output }: CliContext): void {
  const all = study.list();
  const { metrics, space, settings } = study;
  const source = { metrics, space, settings, trials: () => all };
  const fields = trialFields(source);
  const limit = countOf(options.limit, "--limit", 1) ?? Number.POSITIVE_INFINITY;
  const after = countOf(options.after, "--after", 0) ?? -1;
  const { trials, more } = pageOfTrials(all.from(after + 1), fields, options, limit);
  const chosen =
    options.columns === undefined
      ? null
      : options.columns.split(",").map((name) => findField(name.trim(), fields, "--columns"));
  if (options.json) {
    const writer = valueWriterOf(study);
    for (const trial of trials)
      output.out(
        chosen === null
          ? recordText(trialRecord(trial, derivedOf(study, trial.number)), writer)
          : jsonText(chosenRecord(trial, chosen)),
        "exact",
      );
  } else if (all.length === 0) output.err(`Study ${study.name} has no trials yet.`);
  else if (trials.length === 0) output.err(noneOf(study, all.length, after));
  else {
    const columns = chosen ?? defaultColumns(source, fields, trials);
    for (const line of trialTable(trials, columns, output.outWidth)) output.out(line);
  }
  if (more) output.err(restOf(trials, options));
}

function countOf(value: string | undefined, label: string, low: number): number | null {
  return value === undefined ? null : readCount({ value, label, position: null }, low);
}

function noneOf(study: StudyReader, count: number, after: number): string {
  if (after + 1 >= count) return `Study ${study.name} has no trial behind ${after}; its last one is ${count - 1}.`;
  const which = after < 0 ? `the ${count} trials` : `the trials behind ${after}`;
  return `None of ${which} of study ${study.name} fits the filter.`;
}

function restOf(trials: readonly Trial[], { sort, limit }: TrialsOptions): string {
  if (sort !== undefined) return `There are more; these are the first ${limit} by ${sort}.`;
  return `There are more; the next ones: --limit ${limit} --after ${trials.at(-1)?.number}`;
}

/** The chosen columns of a trial; non-finite numbers as words, nothing as null. */
function chosenRecord(trial: Trial, fields: readonly TrialField[]) {
  return Object.fromEntries(
    fields.map(({ name, value, spelled }) => {
      const known = value(trial) ?? null;
      if (spelled !== undefined && known !== null) return [name, rawValue(spelled(known))];
      return [name, typeof known === "number" ? encodeNumber(known) : known];
    }),
  );
}

/** Trials as lines of a table, one column for each field. */
function trialTable(trials: readonly Trial[], fields: readonly TrialField[], width: number): readonly string[] {
  const columns = fields.map(({ name, align }) => ({ title: name, align }));
  const rows = trials.map((trial) => fields.map((field) => field.text(trial)));
  return renderTable(columns, rows, width);
}
