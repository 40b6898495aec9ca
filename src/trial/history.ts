import { AttuneError } from "../errors.ts";
import { type Parameter, type Space, spaceFromJson } from "../space/index.ts";
import type { JsonValue } from "../space/json.ts";
import { carryOver, countedParams, liesWithin } from "./carry-over.ts";
import type { LoggedEvent, StudyEvent } from "./event.ts";
import { evolve } from "./evolve/evolve.ts";
import {
  configurationAt,
  isFinished,
  paramsAt,
  type SegmentEnd,
  type TrialRecord,
  wasInvalid,
} from "./evolve/trial-record.ts";
import { ColumnStore, type CountedTrial, type RowTrial } from "./history/column-store.ts";
import { type JointView, jointView } from "./history/joint-view.ts";
import { type EndedTrial, KnownSpace } from "./history/known-space.ts";
import { ViewAt } from "./history/view-at.ts";
import type { HistoryDelta, HistoryView, PendingTrial } from "./history-view.ts";
import { StudyState } from "./study-state.ts";

/** A trial was hidden or shown again at that revision. */
interface Toggle {
  readonly revision: number;
  readonly trial: number;
}

/**
 * The columns that samplers and schedulers read: fed with the log's events in order, viewed as of any revision so far.
 * Parameters are encoded by the space in force at the newest revision fed, as what their trials count as in it.
 */
export class History {
  readonly #state: StudyState;
  /** True when the state is this object's own to bring forward. */
  readonly #own: boolean;
  readonly #store: ColumnStore;
  readonly #unfinished = new Set<number>();
  readonly #toggles: Toggle[] = [];
  readonly #respaced: number[] = [];
  readonly #metrics: readonly string[];
  readonly #known = new KnownSpace();
  #declared: Space = { parameters: [], where: [] };
  #everyRow = new Int32Array(0);
  #revision = 0;

  /**
   * @param metrics names of the study's metrics: one column of values each.
   * @param state a state to share (its owner evolves it before the event is applied here); begins with all it knows.
   */
  constructor(metrics: readonly string[], state: StudyState | null = null) {
    this.#metrics = metrics;
    this.#store = new ColumnStore(metrics);
    this.#own = state === null;
    this.#state = state ?? new StudyState();
    if (this.#state.revision > 0) this.#fill();
  }

  /** Revision of the newest event applied. */
  get revision(): number {
    return this.#revision;
  }

  /** Takes the next event; one that is known already changes nothing. */
  apply(logged: LoggedEvent): void {
    if (logged.revision <= this.#revision) return;
    if (this.#own) evolve(this.#state, logged);
    if (logged.revision !== this.#revision + 1 || this.#state.revision < logged.revision) {
      throw new AttuneError(
        "internal",
        `The history is at revision ${this.#revision}, its state at ${this.#state.revision}: revision ${logged.revision} does not follow.`,
      );
    }
    this.#revision = logged.revision;
    this.#follow(logged.event);
  }

  /** The history as of `revision` (default: the newest). AttuneError `internal` for one not applied yet. */
  view(revision: number = this.#revision): HistoryView {
    if (revision > this.#revision) {
      throw new AttuneError(
        "internal",
        `A view of revision ${revision} is asked for, the history is at ${this.#revision}.`,
      );
    }
    const length = this.#store.lengthAt(revision);
    const { columns, outside, firstOutside } = this.#store;
    return new ViewAt({
      revision,
      columns,
      outside: firstOutside < length ? outside : null,
      pending: this.#pendingAt(revision, length),
      makeRows: () => this.#visibleRows(columns.trial, 0, length, revision),
      recordOf: (number) => this.#state.tables.trials.get(number),
    });
  }

  /**
   * The space to suggest in at `revision`: the declared one, and what programs had asked for by then, under the conditions that
   * the trials ended by then show.
   */
  spaceAt(revision: number, declared: Space): Space {
    return this.#known.at(revision, declared);
  }

  /** A parameter that programs had asked for by `revision`, with the values of all trials together; null when there is none. */
  parameterAt(name: string, revision: number): Parameter | null {
    return this.#known.parameterAt(name, revision);
  }

  /** The trials as of `revision` that have a value of the parameter, beside those of the `given` ones that most of them have. */
  viewOf(parameter: Parameter, given: readonly Parameter[], revision: number, viewer: number): JointView {
    const recordOf = (trial: number) => this.#record(trial);
    return jointView({ whole: this.view(revision), metrics: this.#metrics, recordOf, parameter, given, viewer });
  }

  /**
   * What changed from `from` to `to`: `added` are the rows of that span visible at `to`; `hidden` and `restored` the trials
   * proposed by `from` whose visibility differs between the two.
   */
  delta(from: number, to: number): HistoryDelta {
    const begin = this.#store.lengthAt(from);
    const added = this.#visibleRows(this.#store.columns.trial, begin, this.#store.lengthAt(to), to);
    const toggled = new Set(this.#toggles.filter(within(from, to)).map((toggle) => toggle.trial));
    const changed = [...toggled]
      .map((trial) => this.#record(trial))
      .filter((record) => record.proposedRevision <= from);
    const hidden = changed.filter((record) => !wasInvalid(record, from) && wasInvalid(record, to));
    const restored = changed.filter((record) => wasInvalid(record, from) && !wasInvalid(record, to));
    return {
      added,
      hidden: numbersOf(hidden),
      restored: numbersOf(restored),
      respaced: this.#respaced.some((revision) => revision > from && revision <= to),
    };
  }

  #record(trial: number): TrialRecord {
    const record = this.#state.tables.trials.get(trial);
    if (record === undefined)
      throw new AttuneError("internal", `The history holds trial ${trial}, its state does not.`);
    return record;
  }

  #follow(event: StudyEvent): void {
    switch (event.type) {
      case "study-created":
        this.#respace(event.definition.space);
        break;
      case "space-changed":
        this.#respaced.push(this.#revision);
        this.#respace(event.space);
        break;
      case "proposed":
        this.#unfinished.add(event.trial);
        break;
      case "defined":
        if (this.#known.isEmpty) this.#learnAll();
        else this.#known.define(this.#revision, event.definitions);
        this.#store.extend(this.#parameters);
        break;
      case "imported":
      case "paused":
      case "finished":
        if (!this.#known.isEmpty) this.#learn(this.#record(event.trial));
        this.#addRow(event.trial, event.type === "paused" || (event.type === "imported" && !isEnd(event.state)));
        break;
      case "invalidated":
      case "restored":
        this.#toggles.push({ revision: this.#revision, trial: event.trial });
        break;
      default:
        break;
    }
  }

  #addRow(trial: number, unfinished: boolean): void {
    const record = this.#record(trial);
    if (unfinished) this.#unfinished.add(trial);
    else this.#unfinished.delete(trial);
    for (const end of record.ends) if (end.revision === this.#revision) this.#store.add(this.#row(record, end), end);
  }

  #respace(space: JsonValue): void {
    this.#declared = spaceFromJson(space);
    this.#known.declare(this.#declared.parameters.map(({ name }) => name));
    this.#store.respace(this.#parameters, (trial, revision) => this.#counted(this.#record(trial), revision));
  }

  /** Declared ones first; a name that is declared by now is its declaration's. */
  get #parameters(): readonly Parameter[] {
    const { parameters } = this.#declared;
    const names = new Set(parameters.map(({ name }) => name));
    return [...parameters, ...this.#known.parameters.filter(({ name }) => !names.has(name))];
  }

  /** What a trial counts as in the space in force: its own parameters unless the space changed since it was made. */
  #counted(record: TrialRecord, revision: number): CountedTrial {
    const { spaces } = this.#state.tables;
    const own = paramsAt(record, revision);
    if (record.spaceVersion >= spaces.length) return { params: own, within: true };
    const params = countedParams(this.#declared, carryOver(own, record.spaceVersion, spaces), record.definitions);
    return { params, within: liesWithin(this.#declared, params) };
  }

  #row(record: TrialRecord, end: SegmentEnd): RowTrial {
    const configuration = configurationAt(record, end);
    return { number: record.number, configuration, ...this.#counted(record, end.revision) };
  }

  #learn(record: TrialRecord): void {
    if (record.finishedRevision === this.#revision) this.#known.end(endedTrial(record, this.#revision));
  }

  /** Definitions and ends in the order of the log, once the first definition is there. */
  #learnAll(): void {
    const steps = [...this.#state.tables.trials].flatMap((record) => [
      ...record.definitions.map((definition) => ({ at: definition.revision, definition, record: null })),
      ...(record.finishedRevision === null ? [] : [{ at: record.finishedRevision, definition: null, record }]),
    ]);
    for (const { at, definition, record } of steps.sort((a, b) => a.at - b.at)) {
      if (definition !== null) this.#known.define(at, [definition]);
      else this.#known.end(endedTrial(record, at));
    }
  }

  /** Takes over all that a state made elsewhere (from a snapshot) knows. */
  #fill(): void {
    const { trials, spaces } = this.#state.tables;
    this.#revision = this.#state.revision;
    const newest = spaces.at(-1);
    if (this.#state.everDefined) this.#learnAll();
    if (newest !== undefined) this.#respace(newest.value);
    for (const version of spaces.slice(1)) this.#respaced.push(version.revision);
    const rows = [...trials].flatMap((record) => record.ends.map((end) => ({ record, end })));
    rows.sort((a, b) => a.end.revision - b.end.revision);
    for (const { record, end } of rows) this.#store.add(this.#row(record, end), end);
    for (const record of trials) {
      if (!isFinished(record)) this.#unfinished.add(record.number);
      for (const { from, to } of record.invalid) {
        this.#toggles.push({ revision: from, trial: record.number });
        if (to !== null) this.#toggles.push({ revision: to, trial: record.number });
      }
    }
    this.#toggles.sort((a, b) => a.revision - b.revision);
  }

  #pendingAt(revision: number, length: number): readonly PendingTrial[] {
    const candidates = new Set(this.#unfinished);
    const { trial } = this.#store.columns;
    for (let row = length; row < this.#store.length; row++) candidates.add(trial[row]!);
    const pending: PendingTrial[] = [];
    for (const number of candidates) {
      const record = this.#record(number);
      const { proposedRevision, finishedRevision, offered } = record;
      const open = proposedRevision <= revision && (finishedRevision === null || finishedRevision > revision);
      if (!open || wasInvalid(record, revision)) continue;
      const { params } = this.#counted(record, revision);
      pending.push({ number, params: offered === null ? params : { ...offered, ...params } });
    }
    return pending.sort((a, b) => a.number - b.number);
  }

  #visibleRows(trial: Int32Array, begin: number, end: number, revision: number): Int32Array {
    if (this.#everyRow.length < end) this.#everyRow = Int32Array.from({ length: 2 * end }, (_none, row) => row);
    const all = this.#everyRow.subarray(begin, end);
    if (this.#toggles.length === 0) return all;
    return all.filter((row) => !wasInvalid(this.#record(trial[row]!), revision));
  }
}

function endedTrial({ params, state }: TrialRecord, revision: number): EndedTrial {
  return { revision, params, whole: state !== "failed" };
}

function within(from: number, to: number): (toggle: Toggle) => boolean {
  return ({ revision }) => revision > from && revision <= to;
}

function isEnd(state: TrialRecord["state"]): boolean {
  return state === "complete" || state === "pruned" || state === "failed";
}

function numbersOf(records: readonly TrialRecord[]): readonly number[] {
  return records.map((record) => record.number).sort((a, b) => a - b);
}
