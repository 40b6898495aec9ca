import type { Params } from "../../space/json.ts";
import type { DefinitionRecord, SegmentEnd, SegmentRecord, TrialRecord } from "../evolve/trial-record.ts";
import type { Alike } from "../list/trial-rows.ts";
import type { Attempt, RevisionInterval, SuggestionRecord, Values } from "../trial.ts";
import { attemptSeconds } from "../trial-seconds.ts";
import { isOfProgram } from "../unit-of-trial.ts";
import type { ByteSource } from "./column/byte-source.ts";
import type { ByteWriter } from "./column/byte-writer.ts";
import { type Columns, readTable, writeTable } from "./column/column-table.ts";
import { DoubleColumn, sameOf } from "./column/plain-columns.ts";
import type { Column } from "./column/read-column.ts";
import { Starts } from "./column/starts.ts";
import { atDistance, type Packed } from "./distance.ts";
import { PackedReports } from "./packed-reports.ts";
import { ReportList } from "./report-list.ts";
import type { ReportShelf } from "./report-shelf.ts";
import { ShelvedReports } from "./shelved-reports.ts";
import {
  ATTEMPT_FIELDS,
  DEFINITION_FIELDS,
  END_FIELDS,
  INVALID_FIELDS,
  OWN,
  ownReports,
  SEGMENT_FIELDS,
  SUGGESTION_FIELDS,
  TRIAL_FIELDS,
} from "./trial-fields.ts";

/** What attempts are packed beside. */
type Own = Pick<TrialRecord, "startedAt" | "finishedAt" | "message">;

/** Records in tables of columns: one of the trials, one for each kind of thing that they have lists of. */
export class TrialColumns {
  readonly rows: number;
  readonly trials: Columns<typeof TRIAL_FIELDS>;
  readonly #suggestions: Columns<typeof SUGGESTION_FIELDS>;
  readonly #definitions: Columns<typeof DEFINITION_FIELDS>;
  readonly #segments: Columns<typeof SEGMENT_FIELDS>;
  readonly #attempts: Columns<typeof ATTEMPT_FIELDS>;
  readonly #ends: Columns<typeof END_FIELDS>;
  readonly #invalid: Columns<typeof INVALID_FIELDS>;
  readonly #reports: Uint8Array;
  readonly #shelf: ReportShelf;
  readonly #starts: Readonly<
    Record<"suggestions" | "definitions" | "segments" | "attempts" | "ends" | "invalid" | "reports", Starts>
  >;

  constructor(source: ByteSource, shelf: ReportShelf) {
    this.#shelf = shelf;
    const { rows, columns } = readTable(source, TRIAL_FIELDS);
    this.rows = rows;
    this.trials = columns;
    this.#suggestions = readTable(source, SUGGESTION_FIELDS).columns;
    this.#definitions = readTable(source, DEFINITION_FIELDS).columns;
    const segments = readTable(source, SEGMENT_FIELDS);
    this.#segments = segments.columns;
    this.#attempts = readTable(source, ATTEMPT_FIELDS).columns;
    this.#ends = readTable(source, END_FIELDS).columns;
    this.#invalid = readTable(source, INVALID_FIELDS).columns;
    this.#reports = source.bytes.subarray(source.at);
    this.#starts = {
      suggestions: new Starts({ get: (row) => (columns.suggestion.get(row) === true ? 1 : 0) }, rows),
      definitions: new Starts(columns.definitions, rows),
      segments: new Starts(columns.segments, rows),
      attempts: new Starts(segments.columns.attempts, segments.rows),
      ends: new Starts(columns.ends, rows),
      invalid: new Starts(columns.invalid, rows),
      reports: new Starts(columns.reports, rows),
    };
  }

  /** Writes all but the reports, whose bytes follow: see {@link reportsOf}. */
  static write(out: ByteWriter, records: readonly TrialRecord[]): void {
    writeTable(out, records, TRIAL_FIELDS);
    const suggested = records.filter(({ suggestion }) => suggestion !== null);
    writeTable(out, suggested, SUGGESTION_FIELDS);
    const parts = partsOf(records);
    writeTable(out, parts.definitions.list, DEFINITION_FIELDS, parts.definitions.of);
    writeTable(out, parts.segments.list, SEGMENT_FIELDS, parts.segments.of);
    writeTable(out, parts.attempts.list, ATTEMPT_FIELDS, parts.attempts.of);
    writeTable(out, parts.ends.list, END_FIELDS, parts.ends.of);
    writeTable(out, parts.invalid.list, INVALID_FIELDS);
  }

  /** What comes behind the columns: the reports of trials that have not ended, copied once. */
  static reportsOf(records: readonly TrialRecord[]): readonly Uint8Array[] {
    return records.map(({ reports }) => ownReports(reports));
  }

  proposedRevision(row: number): number {
    return this.trials.proposedRevision.get(row) as number;
  }

  proposedAt(row: number): number {
    return this.trials.proposedAt.get(row) as number;
  }

  startedAt(row: number): number | null {
    return far(this.trials.startedAt, row, this.proposedAt(row));
  }

  finishedAt(row: number): number | null {
    return far(this.trials.finishedAt, row, this.proposedAt(row));
  }

  startedRevision(row: number): number | null {
    return far(this.trials.startedRevision, row, this.proposedRevision(row));
  }

  finishedRevision(row: number): number | null {
    return far(this.trials.finishedRevision, row, this.proposedRevision(row));
  }

  /** Of the trial of that number, as the others below; each makes its lists anew. */
  suggestion(row: number, number: number): SuggestionRecord | null {
    if (this.trials.suggestion.get(row) !== true) return null;
    const at = this.#starts.suggestions.of(row);
    const { view, spaceVersion, settingsVersion, index, batchFirst, engine, inputs } = this.#suggestions;
    return {
      view: far(view, at, this.proposedRevision(row))!,
      spaceVersion: spaceVersion.get(at) as number,
      settingsVersion: settingsVersion.get(at) as number,
      index: far(index, at, number)!,
      batchFirst: far(batchFirst, at, number)!,
      engine: engine.get(at) as string,
      inputs: inputs.get(at) as SuggestionRecord["inputs"],
    };
  }

  definitions(row: number): DefinitionRecord[] {
    const { definitions } = this.#starts;
    if (definitions.count(row) === 0) return [];
    const params = this.trials.params.get(row) as Params;
    const proposedRevision = this.proposedRevision(row);
    return listOf(definitions, row, (at) => this.#definition(at, params, proposedRevision));
  }

  segments(row: number): SegmentRecord[] {
    const { segments, attempts } = this.#starts;
    const { until } = this.#segments;
    const own: Own = {
      startedAt: this.startedAt(row),
      finishedAt: this.finishedAt(row),
      message: this.trials.message.get(row) as string | null,
    };
    return listOf(segments, row, (at) => ({
      until: until.get(at) as number | null,
      attempts: listOf(attempts, at, (one, index) => this.#attempt(one, index, own)),
    }));
  }

  /** @param values the trial's own, as is `reports`, how many it has. */
  ends(row: number, values: Values, reports: number): SegmentEnd[] {
    const finishedRevision = this.finishedRevision(row);
    return listOf(this.#starts.ends, row, (at) => this.#end(at, finishedRevision, values, reports));
  }

  invalid(row: number): RevisionInterval[] {
    const { from, to } = this.#invalid;
    return listOf(this.#starts.invalid, row, (at) => ({
      from: from.get(at) as number,
      to: to.get(at) as number | null,
    }));
  }

  /** Of columns that say the same of all rows. */
  get alike(): Alike {
    const { state, replicate, origin, invalid, segments, decisions } = this.trials;
    const exitCode = sameOf(this.#attempts.exitCode);
    const [one, two] = [sameOf(replicate), sameOf(origin)];
    return {
      state: sameOf(state) as Alike["state"],
      isHidden: sameOf(invalid) === 0 ? false : undefined,
      isReplicate: one === undefined ? undefined : one !== null,
      isImported: two === undefined ? undefined : two === "imported",
      isDecided: sameOf(decisions) === null ? false : undefined,
      isOfProgram: sameOf(segments) === 0 || exitCode === null ? false : undefined,
    };
  }

  /** True while the newest mark lasts. */
  isHidden(row: number): boolean {
    const { invalid } = this.#starts;
    const count = invalid.count(row);
    for (let at = 0; at < count; at++) if (this.#invalid.to.get(invalid.of(row) + at) === null) return true;
    return false;
  }

  isOfProgram(row: number): boolean {
    const { segments, attempts } = this.#starts;
    const segment = segments.of(row) + segments.count(row) - 1;
    if (segments.count(row) === 0 || attempts.count(segment) === 0) return false;
    const at = attempts.of(segment) + attempts.count(segment) - 1;
    return isOfProgram({ exitCode: this.#attempts.exitCode.get(at) as number | null });
  }

  /** See `trialSeconds`; nothing is made for it. */
  seconds(row: number): number | null {
    const { segments, attempts } = this.#starts;
    const [first, count] = [segments.of(row), segments.count(row)];
    let total: number | null = null;
    for (let segment = first; segment < first + count; segment++) {
      const [start, number] = [attempts.of(segment), attempts.count(segment)];
      for (let at = start; at < start + number; at++) {
        const own = this.#attemptSeconds(at, row);
        if (own !== null) total = (total ?? 0) + own;
      }
    }
    return total;
  }

  /** The same of all rows, copied to a place of the series; false, and nothing is done, unless each has one attempt, ended and measured. */
  copySeconds(series: Float64Array, place: number): boolean {
    const { endedAt, seconds } = this.#attempts;
    const isOne = sameOf(this.trials.segments) === 1 && sameOf(this.#segments.attempts) === 1;
    if (!isOne || typeof sameOf(endedAt) !== "number") return false;
    if (seconds instanceof DoubleColumn) return seconds.copyTo(series, place);
    const all = sameOf(seconds);
    if (typeof all !== "number") return false;
    series.fill(all, place, place + this.rows);
    return true;
  }

  #attemptSeconds(at: number, row: number): number | null {
    const columns = this.#attempts;
    const endedAt = far(columns.endedAt, at, this.finishedAt(row) ?? 0);
    if (endedAt === null) return null;
    const seconds = columns.seconds.get(at) as number | null;
    const outcome = columns.outcome.get(at) as Attempt["outcome"];
    return attemptSeconds(far(columns.startedAt, at, this.startedAt(row) ?? 0)!, endedAt, seconds, outcome);
  }

  reportCount(row: number): number {
    const shelved = this.trials.shelved.get(row) as number;
    return shelved > 0 || this.#starts.reports.count(row) === 0 ? shelved : this.reports(row).length;
  }

  reports(row: number): ReportList {
    const { shelved, piece, offset } = this.trials;
    const held = shelved.get(row) as number;
    if (held > 0) {
      const place = { piece: piece.get(row) as number, offset: offset.get(row) as number, length: held };
      return new ReportList(new ShelvedReports(this.#shelf, place));
    }
    const { reports } = this.#starts;
    const length = reports.count(row);
    if (length === 0) return new ReportList();
    return new ReportList(new PackedReports(this.#reports.subarray(reports.of(row), reports.of(row) + length)));
  }

  #definition(at: number, params: Params, proposedRevision: number): DefinitionRecord {
    const columns = this.#definitions;
    const name = columns.name.get(at) as string;
    const own = columns.value.get(at) as readonly DefinitionRecord["value"][];
    const given = columns.given.get(at) as string | null;
    return {
      name,
      domain: columns.domain.get(at),
      value: own.length === 0 ? params[name]! : own[0]!,
      ...(given !== null && { given }),
      revision: far(columns.revision, at, proposedRevision)!,
    };
  }

  #attempt(at: number, index: number, { startedAt, finishedAt, message }: Own): Attempt {
    const columns = this.#attempts;
    const own = columns.message.get(at);
    const units = columns.units.get(at) as Attempt["units"] | null;
    const seconds = columns.seconds.get(at) as number | null;
    const missing = columns.missing.get(at) as string | null;
    const cost = columns.cost.get(at) as number | null;
    const steps = columns.steps.get(at) as number | null;
    const frozen = columns.frozen.get(at) as Attempt["frozen"] | null;
    const dropped = columns.dropped.get(at) as number | null;
    const attempt: Attempt = {
      index,
      owner: columns.owner.get(at) as unknown as Attempt["owner"],
      startedAt: far(columns.startedAt, at, startedAt ?? 0)!,
      endedAt: far(columns.endedAt, at, finishedAt ?? 0),
      outcome: columns.outcome.get(at) as Attempt["outcome"],
      message: own === OWN ? message : (own as string | null),
      exitCode: columns.exitCode.get(at) as number | null,
      signal: columns.signal.get(at) as string | null,
      checkpoint: columns.checkpoint.get(at) as string | null,
    };
    const rare = [units, seconds, missing, cost, frozen, steps, dropped];
    if (rare.every((one) => one === null)) return attempt;
    return {
      ...attempt,
      ...(units !== null && { units }),
      ...(seconds !== null && { seconds }),
      ...(missing !== null && { missing }),
      ...(cost !== null && { cost }),
      ...(frozen !== null && { frozen }),
      ...(steps !== null && { steps }),
      ...(dropped !== null && { dropped }),
    };
  }

  #end(at: number, finishedRevision: number | null, values: Values, reports: number): SegmentEnd {
    const columns = this.#ends;
    const own = columns.values.get(at);
    return {
      segment: columns.segment.get(at) as number,
      revision: far(columns.revision, at, finishedRevision ?? 0)!,
      state: columns.state.get(at) as SegmentEnd["state"],
      outcome: columns.outcome.get(at) as SegmentEnd["outcome"],
      step: columns.step.get(at) as SegmentEnd["step"],
      values: own === OWN ? values : (own as Values),
      reports: reports - (columns.reports.get(at) as number),
    };
  }
}

/** What trials have lists of, one after the other, each with the trial it belongs to. */
class Parts<T> {
  readonly list: T[] = [];
  readonly of: TrialRecord[] = [];

  add(part: T, record: TrialRecord): void {
    this.list.push(part);
    this.of.push(record);
  }
}

function partsOf(records: readonly TrialRecord[]) {
  const definitions = new Parts<DefinitionRecord>();
  const segments = new Parts<SegmentRecord>();
  const attempts = new Parts<Attempt>();
  const ends = new Parts<SegmentEnd>();
  const invalid = new Parts<RevisionInterval>();
  for (const record of records) {
    for (const one of record.definitions) definitions.add(one, record);
    for (const one of record.segments) {
      segments.add(one, record);
      for (const attempt of one.attempts) attempts.add(attempt, record);
    }
    for (const one of record.ends) ends.add(one, record);
    for (const one of record.invalid) invalid.add(one, record);
  }
  return { definitions, segments, attempts, ends, invalid };
}

function listOf<T>(starts: Starts, row: number, make: (at: number, index: number) => T): T[] {
  const list: T[] = [];
  const start = starts.of(row);
  for (let index = 0, count = starts.count(row); index < count; index++) list.push(make(start + index, index));
  return list;
}

function far(column: Column, row: number, from: number): number | null {
  return atDistance(column.get(row) as Packed, from);
}
