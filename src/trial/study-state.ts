import { AttuneError } from "../errors.ts";
import type { JsonValue, Params } from "../space/json.ts";
import type { Budget } from "./budget.ts";
import type { SpaceVersion } from "./carry-over.ts";
import type { ChangeRequest } from "./change-request.ts";
import { stepsOfFullRun } from "./evolve/full-fidelity.ts";
import { seenMembers } from "./evolve/growing-members.ts";
import { type GivenRun, runText } from "./evolve/run-text.ts";
import { type Holding, type Reservation, StudyTables, type Version } from "./evolve/study-tables.ts";
import { frozenAttempt, isInvalid, toTrial } from "./evolve/trial-record.ts";
import { studyUnit } from "./evolve/unit-trial.ts";
import type { HeldOutRun } from "./held-out-run.ts";
import { ReportsAt } from "./history/reports-at.ts";
import type { Ledger } from "./ledger.ts";
import { TrialList } from "./list/trial-list.ts";
import type { Metric } from "./metric.ts";
import { metricsInForce } from "./metrics-in-force.ts";
import type { Owner } from "./owner.ts";
import type { PausedEnd } from "./paused-end.ts";
import type { StudyDefinition, StudySettings } from "./study-definition.ts";
import type { Trial } from "./trial.ts";
import type { TrialReports } from "./trial-reports.ts";
import { TrialView } from "./trial-view.ts";

const UNRUN = { definitions: [], origin: "enqueued", replicate: null, state: "waiting", branch: null } as const;

/**
 * A study as its log tells it up to `revision`. Made empty, brought forward by `evolve` one event at a time; all answers
 * cost the same however long the study is, except the ones that list trials.
 */
export class StudyState {
  readonly #loose: number;
  #tables: StudyTables;

  /** @param loose blocks of the newest trials that stay unpacked, see TrialTable; default 0. */
  constructor(loose = 0) {
    this.#loose = loose;
    this.#tables = new StudyTables(loose);
  }

  /** For `evolve` and `decide`; nobody else reads or writes it. */
  get tables(): StudyTables {
    return this.#tables;
  }

  /** Goes back to before the first event. Whoever shares the state sees it brought forward anew. */
  restart(): void {
    this.#tables = new StudyTables(this.#loose);
  }

  /** Revision of the newest event seen; 0 before the first. */
  get revision(): number {
    return this.tables.revision;
  }

  /** How the study began. AttuneError `internal` before the first event. */
  get definition(): StudyDefinition {
    if (this.tables.definition === null)
      throw new AttuneError("internal", "The study's first event has not been read.");
    return this.tables.definition;
  }

  get name(): string {
    return this.definition.name;
  }

  /** The objectives, with the goals in force. */
  get metrics(): readonly Metric[] {
    return metricsInForce(this.definition.metrics, this.settings);
  }

  get seed(): number {
    return this.definition.seed;
  }

  /** Settings and space in force, and their versions (the first is 1). */
  get settings(): StudySettings {
    const { settings } = this.tables;
    return settings[settings.length - 1]?.value ?? this.definition.settings;
  }

  get settingsVersion(): number {
    return this.tables.settings.length;
  }

  get space(): JsonValue {
    const { spaces } = this.tables;
    return spaces[spaces.length - 1]?.value ?? this.definition.space;
  }

  get spaceVersion(): number {
    return this.tables.spaces.length;
  }

  /** Every version there was, oldest first, with the revision at which it began. */
  get settingsVersions(): readonly Version<StudySettings>[] {
    return this.tables.settings;
  }

  get spaceVersions(): readonly SpaceVersion[] {
    return this.tables.spaces;
  }

  get deleted(): boolean {
    return this.tables.deleted;
  }

  /** Number the next trial will get; also how many there are. */
  get nextNumber(): number {
    return this.tables.trials.length;
  }

  /** Ordinal of the sampler's next proposal, see SuggestionRecord.index. */
  get proposalIndex(): number {
    return this.tables.proposalIndex;
  }

  /** True when a program ever asked for a parameter that no space declared. */
  get everDefined(): boolean {
    return this.tables.everDefined;
  }

  /** Names of the metrics that trials have values of. */
  get measured(): ReadonlySet<string> {
    this.tables.measured ??= new Set(this.list().metricNames);
    return this.tables.measured;
  }

  /** The unit that a metric's values have, null for none; undefined before a program gave one. */
  unitOf(metric: string): string | null | undefined {
    return studyUnit(this.tables, metric);
  }

  get reservation(): Reservation | null {
    return this.tables.reservation;
  }

  get budget(): Budget {
    return { ...this.tables.budgeted, reserved: this.tables.reservation?.count ?? 0 };
  }

  /** What was used up so far. */
  get ledger(): Ledger {
    return { ...this.tables.ledger };
  }

  /** Steps of a full run, as far as it is known: of a declared fidelity the largest, else the largest that a complete trial came to. */
  get fullRun(): number | null {
    return stepsOfFullRun(this.tables);
  }

  /** What was used up so far in full runs; null where that cannot be said. */
  get fullRuns(): number | null {
    const { steps, runs } = this.tables.ledger;
    const { fullRun } = this;
    if (steps === 0) return runs;
    return fullRun === null ? null : steps / fullRun + runs;
  }

  /** How far the paused trials came, that are not marked invalid, and what they told there. */
  pausedEnds(): readonly PausedEnd[] {
    return [...this.tables.paused].flatMap((trial) => {
      const record = this.tables.trials.get(trial)!;
      const end = record.ends.at(-1);
      return end === undefined || isInvalid(record) ? [] : [{ trial, step: end.step, values: end.values }];
    });
  }

  /** What the trial told at the end of each of its runs and at the rungs it passed, oldest first. */
  endsOf(trial: number): readonly PausedEnd[] {
    return (this.tables.trials.get(trial)?.ends ?? []).map(({ step, values }) => ({ trial, step, values }));
  }

  /** Runs on held-out data, oldest first. */
  get heldOut(): readonly HeldOutRun[] {
    return this.tables.heldOut;
  }

  get attributes(): Readonly<Record<string, string>> {
    return seenMembers(this.tables.attributes);
  }

  get systemAttributes(): Readonly<Record<string, string>> {
    return seenMembers(this.tables.systemAttributes);
  }

  /** What was answered to a request that changed the study; undefined for one that did not. StorageConflict for an id that came with another. */
  answerTo(request: ChangeRequest): JsonValue | undefined {
    return this.tables.requests.answerTo(request);
  }

  /** The record of a trial, or undefined when the number is not taken. */
  trial(number: number): Trial | undefined {
    const record = this.tables.trials.get(number);
    return record === undefined ? undefined : toTrial(record);
  }

  /** The trial's reports so far, for whoever looks at very many of them; undefined for a trial that is not there. */
  reports(number: number): TrialReports | undefined {
    const reports = this.tables.trials.get(number)?.reports;
    return reports === undefined ? undefined : new ReportsAt(reports, reports.length);
  }

  /** How many reports a trial has; 0 for a number that is not taken. */
  reportCount(number: number): number {
    return this.tables.trials.get(number)?.reports.length ?? 0;
  }

  /** The same for a look at a few of its fields, see TrialView. */
  view(number: number): TrialView | undefined {
    const record = this.tables.trials.get(number);
    return record === undefined ? undefined : new TrialView(record);
  }

  /** All trials by number, the invalid ones included. */
  trials(): readonly Trial[] {
    return Array.from(this.tables.trials, toTrial);
  }

  /** The same as they are now, to look at all of them by one thing after the other. */
  list(): TrialList {
    const objectives = this.tables.definition === null ? [] : this.metrics;
    return TrialList.ofTable(
      this.tables.trials,
      objectives.map(({ name }) => name),
    );
  }

  /** The same to look through many: their fields are read when asked for, see TrialView. */
  views(): readonly Trial[] {
    return Array.from(this.scan());
  }

  /** As `views`, one by one. */
  *scan(): Generator<Trial> {
    for (const record of this.tables.trials) yield new TrialView(record);
  }

  /**
   * The configuration that a new trial of these values would turn out to have: that of the ended ones run alike, else of one that is to
   * be. Null when there is neither.
   */
  configurationOf(params: Params, offered: Params | null): number | null {
    const { spaceVersion, tables } = this;
    const run: GivenRun = { params, offered, spaceVersion, ranUnder: null, ...UNRUN };
    const ended = tables.configurations.find(tables, run);
    if (ended !== undefined) return ended.configuration;
    const text = runText(tables, run);
    const open = [...tables.unfinished].find((number) => runText(tables, tables.trials.get(number)!) === text);
    return open === undefined ? null : tables.trials.get(open)!.configuration;
  }

  /** Numbers of the trials running or paused now, the invalid ones included. */
  running(): readonly number[] {
    return [...this.tables.running];
  }

  paused(): readonly number[] {
    return [...this.tables.paused];
  }

  /** Who keeps the program of that paused trial in memory until it is run on; null where nobody does. */
  frozenBy(number: number): Owner | null {
    const record = this.tables.trials.get(number);
    return record === undefined ? null : (frozenAttempt(record)?.owner ?? null);
  }

  /** The trial that a claim would take next, or null. */
  nextWaiting(): number | null {
    return this.tables.waiting.peek() ?? null;
  }

  isInvalid(number: number): boolean {
    const record = this.tables.trials.get(number);
    return record !== undefined && isInvalid(record);
  }

  /** What the token holds now: trials running under it, the reservation; null when nothing. */
  holding(token: string): Holding | null {
    return this.tables.holdings.get(token) ?? null;
  }

  /** Everything held at present: for looking whether the holders still live. */
  holdings(): readonly Holding[] {
    return [...this.tables.holdings.values()];
  }
}
