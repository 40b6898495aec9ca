import type { Command } from "commander";
import { jsonText, rawValue, recordText } from "../../../record/json-text.ts";
import { derivedOf, trialRecord } from "../../../record/trial-record.ts";
import { MOST_OF_PAGE, type TrialQuery } from "../../../storage/trial-page.ts";
import type { PagedStudy } from "../../../study/paged-study.ts";
import { encodeNumber } from "../../../trial/encoded-number.ts";
import { TRIALS_PER_BLOCK } from "../../../trial/evolve/snapshot.ts";
import type { Trial } from "../../../trial/trial.ts";
import type { CliContext } from "../../context.ts";
import { quietly } from "../../output.ts";
import { readCount } from "../../settings/given-setting.ts";
import { addStudyTarget } from "../../settings/table.ts";
import { lookAtPages, type StudyTargetOptions } from "../../study/study-target.ts";
import { findField, queryOf, type TrialField, type TrialSelection, trialFields } from "../../study/trial-fields.ts";
import { valueWriterOf } from "../../study/winning-command.ts";
import { type ShownPage, tablePages } from "./trial-table.ts";

const HELP = `
Filter, sort and columns know each parameter and metric by its name, and trial, state, outcome, origin,
configuration, replicate, seed, fold, attempts, steps (reports), ran (steps run in all), time (seconds), started,
finished, message, decision, note, invalid.

Examples:
  attune trials digits
  attune trials digits --filter "lr < 1e-3 and state == 'failed'"
  attune trials digits --sort loss --columns trial,loss,lr
  attune trials digits --sort -time      # the longest first
  attune trials digits --sort loss --limit 10
  attune trials digits --limit 100 --after 99      # a page: the hundred behind trial 99
  attune trials digits --sort loss --limit 10 --after 42      # the ten that come behind trial 42 in that order
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
    .option("--after <trial>", "only trials behind this one: of a higher number, or in the order of --sort")
    .option("--json", "print one JSON object a line")
    .option("--quiet", "print only the result and errors")
    .addHelpText("after", HELP)
    .action(async (word: string | undefined, options: TrialsOptions) => {
      const limit = countOf(options.limit, "--limit", 1);
      const silent = quietly(context, options);
      await lookAtPages(context, word, options, async (study) => await listPages(study, options, limit, silent));
    });
}

/** As the storage reads them. */
async function listPages(
  study: PagedStudy,
  options: TrialsOptions,
  limit: number | null,
  context: CliContext,
): Promise<void> {
  const fields = trialFields(study);
  const after = countOf(options.after, "--after", 0);
  const query = { ...queryOf(options, fields), ...(after !== null && { after }) };
  const isBehindAll = after !== null && after >= study.length;
  const pages = isBehindAll ? noPage : () => pagesOf(study, query, limit);
  await list(study, fields, pages, options, context);
}

/** Trials of a page where many are read one after the other: those of one block of the storage; in an order they come from all of them. */
const PAGE = TRIALS_PER_BLOCK;

async function* pagesOf(
  study: PagedStudy,
  query: Omit<TrialQuery, "limit">,
  most: number | null,
): AsyncGenerator<ShownPage> {
  let left = most ?? Number.POSITIVE_INFINITY;
  const usual = query.order === undefined ? PAGE : MOST_OF_PAGE;
  const limit = left <= MOST_OF_PAGE ? left : usual;
  for (let after = query.after ?? null, isFirst = true; left > 0 && (isFirst || after !== null); isFirst = false) {
    const cursor = after === null ? {} : { after };
    const { trials, next } = await study.page({ ...query, ...cursor, limit: Math.min(left, limit) });
    left -= trials.length;
    after = next;
    yield { trials, more: next !== null };
  }
}

async function* noPage(): AsyncGenerator<ShownPage> {
  yield { trials: [], more: false };
}

async function list(
  study: PagedStudy,
  fields: ReadonlyMap<string, TrialField>,
  pages: () => AsyncIterable<ShownPage>,
  options: TrialsOptions,
  { output }: CliContext,
): Promise<void> {
  const columns = options.columns?.split(",").map((name) => findField(name.trim(), fields, "--columns"));
  let last: ShownPage = { trials: [], more: false };
  const show = async (page: ShownPage, lines: Iterable<string>, kind?: "exact"): Promise<void> => {
    for (const line of lines) output.out(line, kind);
    if (page.trials.length > 0) last = page;
    await output.drained();
  };
  if (options.json)
    for await (const page of pages()) await show(page, recordLines(study, page.trials, columns), "exact");
  else
    for await (const { page, lines } of tablePages(study, fields, pages, columns, output.outWidth))
      await show(page, lines);
  if (last.trials.length === 0 && !options.json)
    output.err(study.length === 0 ? `Study ${study.name} has no trials yet.` : noneOf(study, options));
  if (last.more) output.err(restOf(last.trials, options));
}

/** Trials as JSON objects. */
function* recordLines(
  study: PagedStudy,
  trials: readonly Trial[],
  columns: readonly TrialField[] | undefined,
): Generator<string> {
  const writer = valueWriterOf(study);
  for (const trial of trials)
    yield columns === undefined
      ? recordText(trialRecord(trial, derivedOf(study, trial)), writer)
      : jsonText(chosenRecord(trial, columns));
}

function countOf(value: string | undefined, label: string, low: number): number | null {
  return value === undefined ? null : readCount({ value, label, position: null }, low);
}

function noneOf({ name, length }: PagedStudy, { after, sort, filter }: TrialsOptions): string {
  if (after !== undefined && Number(after) + 1 >= length && sort === undefined)
    return `Study ${name} has no trial behind ${after}; its last one is ${length - 1}.`;
  if (filter === undefined) return `Study ${name} has no trial behind ${after} in the order of ${sort}.`;
  const which = after === undefined ? `the ${length} trials` : `the trials behind ${after}`;
  return `None of ${which} of study ${name} fits the filter.`;
}

function restOf(trials: readonly Trial[], { sort, limit }: TrialsOptions): string {
  const next = `--limit ${limit} --after ${trials.at(-1)?.number}`;
  if (sort === undefined) return `There are more; the next ones: ${next}`;
  return `There are more; the next ones by ${sort}: ${next}`;
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
